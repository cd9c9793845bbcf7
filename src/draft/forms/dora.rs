//! The fields of DORA's reports on major ICT-related incidents.
//!
//! Numbers, names, choices and when a field is mandatory: Annexes I and II of Commission Implementing
//! Regulation (EU) 2025/302, read on 2026-11-25 in stored copies of the official text (checked).
//! What belongs into a field is told in Muster's own words.

use super::asked::{Asked, Test};
use super::read::PERCENT;
use super::{FormId, Kind, Spec};
use crate::classify::Provenance;

pub(super) const SOURCE: &str =
    "Commission Implementing Regulation (EU) 2025/302, Annexes I and II";
pub(super) const ABOUT_INITIAL: &str = "Only the fields that the initial notification asks for. What is known of later reports may be sent along (Article 1(1)(a)): fill in that report's form. Estimates are allowed where there is no exact figure yet (Article 1(3)). It is handed in through the authority's own channel; check it there.";
pub(super) const ABOUT_LATER: &str = "What was reported before is to be brought up to date here too (Article 1(4)). Reports may be handed in together once service is back or the cause is known, within their time limits (Article 2). It is handed in through the authority's own channel; check it there.";

/// The choices of field 1.1.
pub(super) const INITIAL: &str = "initial notification";
pub(super) const INTERMEDIATE: &str = "intermediate report";
pub(super) const FINAL: &str = "final report";
const RECLASSIFIED: &str = "major incident reclassified as non-major";

/// Choices of field 2.5 that others depend on.
const REPUTATION: &str = "reputational impact";
const DURATION: &str = "duration and service downtime";
const SPREAD: &str = "geographical spread";
const DATA: &str = "data losses";

/// Choices of field 3.23 and others.
const CYBER: &str = "cybersecurity-related";
const OTHER: &str = "other (please specify)";
const YES: &str = "yes";
const NO: &str = "no";
const NOT_AVAILABLE: &str = "information not available";

const GENERAL: &str = "General information about the financial entity";
const FIRST: &str = "Content of the initial notification";
const SECOND: &str = "Content of the intermediate report";
const THIRD: &str = "Content of the final report";

/// Whether a form has a field: each report has those of the reports before it too.
pub(super) fn is_of(form: FormId, spec: &Spec) -> bool {
    match form {
        FormId::DoraInitial => spec.section == GENERAL || spec.section == FIRST,
        FormId::DoraIntermediate => spec.section != THIRD,
        FormId::DoraFinal | FormId::Gdpr => true,
    }
}

/// Article 2(1), points (a) to (t), of Regulation (EU) 2022/2554, as Annex II names them.
const ENTITIES: &[&str] = &[
    "credit institution",
    "payment institution",
    "exempted payment institution",
    "account information service provider",
    "electronic money institution",
    "exempted electronic money institution",
    "investment firm",
    "crypto-asset service provider",
    "issuer of asset-referenced tokens",
    "central securities depository",
    "central counterparty",
    "trading venue",
    "trade repository",
    "manager of alternative investment fund",
    "management company",
    "data reporting service provider",
    "insurance and reinsurance undertaking",
    "insurance intermediary, reinsurance intermediary and ancillary insurance intermediary",
    "institution for occupational retirement provision",
    "credit rating agency",
    "administrator of critical benchmarks",
    "crowdfunding service provider",
    "securitisation repository",
];

/// The European Economic Area, by ISO 3166 (its members are from memory; the field is checked).
const EEA: &[&str] = &[
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS",
    "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
];

const ROOT_CAUSES: &[&str] = &[
    "malicious actions: deliberate internal actions",
    "malicious actions: deliberate physical damage/manipulation/theft",
    "malicious actions: fraudulent actions",
    MONITORING,
    "process failure: insufficient/unclear roles and responsibilities",
    RISK_MANAGEMENT,
    OPERATIONS,
    "process failure: insufficient or failure of ICT project management",
    "process failure: inadequacy of internal policies, procedures and documentation",
    DEVELOPMENT,
    "process failure: other (please specify)",
    "system failure: hardware capacity and performance",
    "system failure: hardware maintenance",
    "system failure: hardware obsolescence/ageing",
    "system failure: software compatibility/configuration",
    "system failure: software performance",
    "system failure: network configuration",
    "system failure: physical damage",
    "system failure: other (please specify)",
    "human error: omission",
    "human error: mistake",
    "human error: skills & knowledge",
    "human error: inadequate human resources",
    "human error: miscommunication",
    "human error: other (please specify)",
    "external event: natural disasters/force majeure",
    "external event: third-party failures",
    "external event: other (please specify)",
];

/// The root causes of field 4.2 that field 4.3 divides further.
const MONITORING: &str =
    "process failure: insufficient monitoring or failure of monitoring and control";
const RISK_MANAGEMENT: &str = "process failure: ICT risk management process failure";
const OPERATIONS: &str =
    "process failure: insufficient or failure of ICT operations and ICT security operations";
const DEVELOPMENT: &str =
    "process failure: inadequate ICT systems acquisition, development, and maintenance";

const OTHER_CAUSES: &[&str] = &[
    "process failure: other (please specify)",
    "system failure: other (please specify)",
    "human error: other (please specify)",
    "external event: other (please specify)",
];

const COUNT_OF_CLIENTS: Kind = count("clients");
const SHARE: Kind = Kind::Number {
    unit: PERCENT,
    places: 1,
};
/// Money is told in thousands of the reporting currency, as "2,5" for 2 500.
const MONEY: Kind = Kind::Number {
    unit: "thousands of the reporting currency",
    places: 3,
};

const fn count(unit: &'static str) -> Kind {
    Kind::Number { unit, places: 0 }
}

const fn field(
    number: &'static str,
    name: &'static str,
    kind: Kind,
    asked: Asked,
    help: &'static str,
) -> Spec {
    let section = match number.as_bytes() {
        [b'1', ..] => GENERAL,
        [b'2', ..] => FIRST,
        [b'3', ..] => SECOND,
        _ => THIRD,
    };
    Spec {
        number,
        name,
        section,
        help,
        asked,
        kind,
        provenance: Provenance::Checked,
        answer: None,
    }
}

const ANOTHER_SUBMITS: Asked = Asked::If(
    "another entity is affected than the one that submits, or several are reported at once",
    Test::Person,
);
const IN_A_GROUP: Asked = Asked::If("the financial entity belongs to a group", Test::Person);
const TRANSACTIONS_HIT: Asked = Asked::If("any transaction was affected", Test::Person);
const SPREAD_MET: Asked = Asked::If(
    "geographical spread is among the criteria in 2.5",
    Test::Chosen("2.5", &[SPREAD]),
);
const DATA_MET: Asked = Asked::If(
    "data losses are among the criteria in 2.5",
    Test::Chosen("2.5", &[DATA]),
);
const REPUTATION_MET: Asked = Asked::If(
    "reputational impact is among the criteria in 2.5",
    Test::Chosen("2.5", &[REPUTATION]),
);
const IS_CYBER: Asked = Asked::If(
    "the incident is cybersecurity-related in 3.23",
    Test::Chosen("3.23", &[CYBER]),
);

use Asked::{Always, If};
use Kind::{Choice, Choices, Currency, Date, Lei, Length, Text, YesNo};

/// All fields of the one template.
pub(super) const FIELDS: &[Spec] = &[
    field(
        "1.1",
        "Type of submission",
        Choice(&[INITIAL, INTERMEDIATE, FINAL, RECLASSIFIED]),
        Always,
        "Which report this is. Choose the last where it turned out never to have been major (Article 5), and say why in 2.10.",
    ),
    field(
        "1.2",
        "Name of the entity submitting the report",
        Text,
        Always,
        "The full legal name. What the organisation calls itself here may be shorter.",
    ),
    field(
        "1.3",
        "Identification code of the entity submitting the report",
        Text,
        Always,
        "A financial entity's LEI of 20 letters and digits; a third party that submits for one may use another code.",
    ),
    field(
        "1.4",
        "Type of financial entity affected",
        Choices(ENTITIES),
        Always,
        "What the entity is under DORA for which this is reported; all of them where several are reported at once.",
    ),
    field(
        "1.5",
        "Name of the financial entity affected",
        Text,
        ANOTHER_SUBMITS,
        "The full legal name of whoever is hit and has to report; several with a semicolon between them.",
    ),
    field(
        "1.6",
        "LEI code of the financial entity affected",
        Lei,
        ANOTHER_SUBMITS,
        "Its LEI; several in the same order as the names in 1.5.",
    ),
    field(
        "1.7",
        "Primary contact person name",
        Text,
        Always,
        "Whom the authority can ask.",
    ),
    field(
        "1.8",
        "Primary contact person email",
        Text,
        Always,
        "Their address.",
    ),
    field(
        "1.9",
        "Primary contact person telephone",
        Text,
        Always,
        "Their number, with the country's prefix.",
    ),
    field(
        "1.10",
        "Second contact person name",
        Text,
        Always,
        "A second person, or the team that is responsible.",
    ),
    field(
        "1.11",
        "Second contact person email",
        Text,
        Always,
        "Their address, or the team's.",
    ),
    field(
        "1.12",
        "Second contact person telephone",
        Text,
        Always,
        "Their number, or the team's, with the country's prefix.",
    ),
    field(
        "1.13",
        "Name of the ultimate parent undertaking",
        Text,
        IN_A_GROUP,
        "The undertaking at the head of the group.",
    ),
    field(
        "1.14",
        "LEI code of the ultimate parent undertaking",
        Lei,
        IN_A_GROUP,
        "Its LEI.",
    ),
    field(
        "1.15",
        "Reporting currency",
        Currency,
        Always,
        "What all amounts here are in.",
    ),
    field(
        "2.1",
        "Incident reference code assigned by the financial entity",
        Text,
        Always,
        "Your own unique code for the incident; the same in all reports. Muster offers the incident's id.",
    ),
    field(
        "2.2",
        "Date and time of detection of the major ICT-related incident",
        Date,
        Always,
        "When you became aware of it; of incidents that recurred, of the last one.",
    )
    .by("aware"),
    field(
        "2.3",
        "Date and time of classification of the ICT-related incident as major",
        Date,
        Always,
        "When it was found to be major by the criteria of Delegated Regulation (EU) 2024/1772. An internal priority is not that.",
    )
    .by("classified_major"),
    field(
        "2.4",
        "Description of the major ICT-related incident",
        Text,
        Always,
        "What matters most: possible causes, what is hit at once, which systems, and other entities or providers that it touches, with their codes. Later reports bring it up to date and add your own severity and who at the top was involved.",
    ),
    field(
        "2.5",
        "Classification criteria that triggered the incident report",
        Choices(&[
            "clients, financial counterparts and transactions affected",
            REPUTATION,
            DURATION,
            SPREAD,
            DATA,
            "critical services affected",
            "economic impact",
        ]),
        Always,
        "The criteria of Delegated Regulation (EU) 2024/1772 that made it major.",
    )
    .by("dora_criteria"),
    field(
        "2.6",
        "Materiality thresholds for the classification criterion ‘Geographical spread’",
        Choices(EEA),
        SPREAD_MET,
        "The countries of the EEA that are hit.",
    )
    .by("member_states"),
    field(
        "2.7",
        "Discovery of the major ICT-related incident",
        Choice(&[
            "IT Security",
            "staff",
            "internal audit",
            "external audit",
            "clients",
            "financial counterparts",
            "third-party provider",
            "attacker",
            "monitoring systems",
            "authority/agency/law enforcement body",
            "other",
        ]),
        Always,
        "Who or what found it.",
    ),
    field(
        "2.8",
        "Indication whether the major ICT-related incident originates from a third-party provider or another financial entity",
        Text,
        If(
            "it comes from a third-party provider or another financial entity",
            Test::Person,
        ),
        "From whom it comes, one of your own group included: name, code, and which kind of code that is.",
    ),
    field(
        "2.9",
        "Activation of business continuity plan, if activated",
        YesNo,
        Always,
        "Whether business continuity measures were formally set going.",
    ),
    field(
        "2.10",
        "Other relevant information",
        Text,
        If(
            "there is something that no other field asks for, or it was reclassified as non-major",
            Test::Chosen("1.1", &[RECLASSIFIED]),
        ),
        "Anything else. Of one that was reclassified: why it does not meet the criteria, and is not expected to.",
    ),
    field(
        "3.1",
        "Incident reference code provided by the competent authority",
        Text,
        If(
            "the authority has given one on receiving the initial notification",
            Test::Person,
        ),
        "The authority's code for the incident.",
    ),
    field(
        "3.2",
        "Date and time of occurrence of the major ICT-related incident",
        Date,
        Always,
        "When it happened, which may be before it was noticed; of incidents that recurred, the last one.",
    ),
    field(
        "3.3",
        "Date and time when services, activities or operations have been recovered",
        Date,
        If("3.16, service downtime, is filled", Test::Filled("3.16")),
        "When what was hit worked again.",
    ),
    field(
        "3.4",
        "Number of clients affected",
        COUNT_OF_CLIENTS,
        Always,
        "Clients who use what is hit; an estimate from comparable times where it cannot be counted.",
    )
    .by("clients"),
    field(
        "3.5",
        "Percentage of clients affected",
        SHARE,
        Always,
        "Of all clients who use what is hit; several services together.",
    )
    .by("clients_percent"),
    field(
        "3.6",
        "Number of financial counterparts affected",
        count("financial counterparts"),
        Always,
        "Counterparts that have a contract with you and are hit; an estimate where it cannot be counted.",
    )
    .by("counterparts"),
    field(
        "3.7",
        "Percentage of financial counterparts affected",
        SHARE,
        Always,
        "Of all counterparts that have a contract with you.",
    )
    .by("counterparts_percent"),
    field(
        "3.8",
        "Impact on relevant clients or financial counterparts",
        YesNo,
        If(
            "the threshold for relevant clients and counterparts is met",
            Test::Person,
        ),
        "Whether clients or counterparts are hit on whom your own goals, or the market, depend.",
    )
    .by("relevant_clients"),
    field(
        "3.9",
        "Number of affected transactions",
        count("transactions"),
        TRANSACTIONS_HIT,
        "All that move money and have at least one leg in the Union; an estimate where it cannot be counted.",
    )
    .by("transactions"),
    field(
        "3.10",
        "Percentage of affected transactions",
        SHARE,
        TRANSACTIONS_HIT,
        "Of the transactions that the service makes on an average day.",
    )
    .by("transactions_percent"),
    field(
        "3.11",
        "Value of affected transactions",
        MONEY,
        TRANSACTIONS_HIT,
        "Their value in thousands, never negative: 2.5 for 2 500.",
    )
    .by("transactions_value"),
    field(
        "3.12",
        "Information on whether the numbers are actual or estimates, or whether there has not been any impact",
        Choices(&[
            "actual figures for clients affected",
            "actual figures for financial counterparts affected",
            "actual figures for transactions affected",
            "estimates for clients affected",
            "estimates for financial counterparts affected",
            "estimates for transactions affected",
            "no impact on clients",
            "no impact on financial counterparts",
            "no impact on transactions",
        ]),
        Always,
        "How 3.4 to 3.11 came about.",
    ),
    field(
        "3.13",
        "Reputational impact",
        Choices(&[
            "the major ICT-related incident has been reflected in the media",
            "the major ICT-related incident has resulted in repetitive complaints from different clients or financial counterparts on client-facing services or critical business relationships",
            "the financial entity will not be able to or is likely not to be able to meet regulatory requirements as a result of the major ICT-related incident",
            "the financial entity will or is likely to lose clients or financial counterparts with a material impact on its business as a result of the major ICT-related incident",
        ]),
        REPUTATION_MET,
        "What it did to your name.",
    ),
    field(
        "3.14",
        "Contextual information about the reputational impact",
        Text,
        REPUTATION_MET,
        "How: which media and how far they reach, whether they spoke of a risk for clients, complaints in number, duties that were missed, what you told the media, and false reports.",
    ),
    field(
        "3.15",
        "Duration of the major ICT-related incident",
        Length,
        Always,
        "From when it happened until it was resolved, as DD:HH:MM. Where that is not known: from its detection or its first trace in logs, whichever is earlier. Not resolved yet: an estimate of the whole.",
    ),
    field(
        "3.16",
        "Service downtime",
        Length,
        If("the incident made a service unavailable", Test::Person),
        "From when service was wholly or partly unavailable until it was as before, as DD:HH:MM. Muster adds up the times in which any service was down or partly down; slow service is not counted.",
    ),
    field(
        "3.17",
        "Information on whether the numbers for duration and service downtime are actual or estimates",
        Choice(&[
            "actual figures",
            "estimates",
            "actual figures and estimates",
            "no information available",
        ]),
        If(
            "duration and service downtime are among the criteria in 2.5",
            Test::Chosen("2.5", &[DURATION]),
        ),
        "How 3.15 and 3.16 came about.",
    ),
    field(
        "3.18",
        "Types of impact in the Member States",
        Choices(&[
            "clients",
            "financial counterparts",
            "branch of the financial entity",
            "financial entities within the group carrying out activities in the respective Member State",
            "financial market infrastructure",
            "third-party providers that may be common to other financial entities",
        ]),
        SPREAD_MET,
        "Who is hit in other countries of the EEA than that of your authority.",
    ),
    field(
        "3.19",
        "Description of how the major ICT-related incident has an impact in other Member States",
        Text,
        SPREAD_MET,
        "For each country, how gravely it hits clients, counterparts, branches, the group, market infrastructures and shared providers there.",
    ),
    field(
        "3.20",
        "Materiality thresholds for the classification criterion ‘Data losses’",
        Choices(&[
            "availability",
            "authenticity",
            "integrity",
            "confidentiality",
        ]),
        DATA_MET,
        "In which way data was lost.",
    ),
    field(
        "3.21",
        "Description of the data losses",
        Text,
        DATA_MET,
        "What it did to critical data, to your goals and duties; whose data it is. Where you can: which secrecy covers it, and what could be done with it.",
    ),
    field(
        "3.22",
        "Classification criterion ‘Critical services affected’",
        Text,
        Always,
        "Which services that need an authorisation or are supervised are hit, which ICT under critical or important functions, and of malicious access what kind it was.",
    ),
    field(
        "3.23",
        "Type of the major ICT-related incident",
        Choices(&[
            CYBER,
            "process failure",
            "system failure",
            "external event",
            "payment-related",
            OTHER,
        ]),
        Always,
        "What kind of incident it is.",
    ),
    field(
        "3.24",
        "Other types of incidents",
        Text,
        If(
            "other is chosen in 3.23",
            Test::Chosen("3.23", &[OTHER]),
        ),
        "Which other kind.",
    ),
    field(
        "3.25",
        "Threats and techniques used by the threat actor",
        Choices(&[
            "social engineering (including phishing)",
            "(D)DoS",
            "identity theft",
            "data encryption for impact, including ransomware",
            "resource hijacking",
            // Annex II says "excluding" in the description and "including" in the choice.
            "data exfiltration and manipulation, including identity theft",
            "data destruction",
            "defacement",
            "supply-chain attack",
            OTHER,
        ]),
        IS_CYBER,
        "What the attacker did.",
    ),
    field(
        "3.26",
        "Other types of techniques",
        Text,
        If(
            "other is chosen in 3.25",
            Test::Chosen("3.25", &[OTHER]),
        ),
        "Which other technique.",
    ),
    field(
        "3.27",
        "Information about affected functional areas and business processes",
        Text,
        Always,
        "Functional areas (customer service, finance, IT …) and business processes (card payments, settlement, claims …) that are hit, with products and services.",
    ),
    field(
        "3.28",
        "Affected infrastructure components supporting business processes",
        Choice(&[YES, NO, NOT_AVAILABLE]),
        Always,
        "Whether servers, systems, software, middleware or network parts under business processes are hit.",
    ),
    field(
        "3.29",
        "Information about affected infrastructure components supporting business processes",
        Text,
        If(
            "3.28 says yes",
            Test::Chosen("3.28", &[YES]),
        ),
        "Which ones, and what it did to them; where you can: versions, who runs them, whether other functions share them, what can stand in for them.",
    ),
    field(
        "3.30",
        "Impact on the financial interest of clients",
        Choice(&[YES, NO, NOT_AVAILABLE]),
        Always,
        "Whether clients' money or claims are touched.",
    ),
    field(
        "3.31",
        "Reporting to other authorities",
        Choices(&[
            "police/law enforcement",
            "CSIRT",
            "data protection authority",
            "national cybersecurity agency",
            "none",
            OTHER,
        ]),
        Always,
        "Which other authorities know of it.",
    ),
    field(
        "3.32",
        "Specification of ‘other’ authorities",
        Text,
        If(
            "other is chosen in 3.31",
            Test::Chosen("3.31", &[OTHER]),
        ),
        "Which other authority was told.",
    ),
    field(
        "3.33",
        "Temporary actions/measures taken or planned to be taken to recover from the incident",
        YesNo,
        Always,
        "Whether there is, or will be, a workaround or another temporary measure.",
    ),
    field(
        "3.34",
        "Description of any temporary actions and measures taken or planned to be taken to recover from the incident",
        Text,
        If("3.33 says yes", Test::Yes("3.33")),
        "What was done at once, when, and until when it is to hold; of what is planned, by when. Where nothing was done, why.",
    ),
    field(
        "3.35",
        "Indicators of compromise",
        Text,
        IS_CYBER,
        "What helps others to find the same attack: addresses, domains, file hashes, malware, traffic, mails, accounts. Only of entities under NIS2 that are essential or important.",
    ),
    field(
        "4.1",
        "High-level classification of root causes of the incident",
        Choices(&[
            "malicious actions",
            "process failure",
            "system failure/malfunction",
            "human error",
            "external event",
        ]),
        Always,
        "What kind of cause it has. “Human error” is the form's word; say in 4.5 what made the error possible.",
    ),
    field(
        "4.2",
        "Detailed classification of root causes of the incident",
        Choices(ROOT_CAUSES),
        Always,
        "The same in detail.",
    ),
    field(
        "4.3",
        "Additional classification of root causes of the incident",
        Choices(&[
            "monitoring of policy adherence",
            "monitoring of third-party service providers",
            "monitoring and verification of remediation of vulnerabilities",
            "identity and access management",
            "encryption and cryptography",
            "logging",
            "failure in specifying accurate risk tolerance levels",
            "insufficient vulnerability and threat assessments",
            "inadequate risk treatment measures",
            "poor management of residual ICT risks",
            "vulnerability and patch management",
            "change management",
            "capacity and performance management",
            "ICT asset management and information classification",
            "backup and restore",
            "error handling",
            "inadequate ICT systems acquisition, development, and maintenance",
            "insufficient or failure of software testing",
        ]),
        If(
            "4.2 names monitoring, ICT risk management, ICT operations, or acquisition and development",
            Test::Chosen(
                "4.2",
                &[MONITORING, RISK_MANAGEMENT, OPERATIONS, DEVELOPMENT],
            ),
        ),
        "Which part of that process failed.",
    ),
    field(
        "4.4",
        "Other types of root cause types",
        Text,
        If(
            "other is chosen in 4.2",
            Test::Chosen("4.2", OTHER_CAUSES),
        ),
        "Which other cause.",
    ),
    field(
        "4.5",
        "Information about the root causes of the incident",
        Text,
        Always,
        "What led to it, step by step, with all factors under it; of an attack, how it went and came in, and how that was found out. Muster offers only what was confirmed.",
    ),
    field(
        "4.6",
        "Incident resolution summary",
        Text,
        Always,
        "What was done, or will be and by when, to mend it for good and keep it from happening again, which of the causes each measure meets, whether a provider takes part, and what was learnt.",
    ),
    field(
        "4.7",
        "Date and time when the incident root cause was addressed",
        Date,
        Always,
        "When the cause itself was dealt with.",
    ),
    field(
        "4.8",
        "Date and time when the incident was resolved",
        Date,
        Always,
        "When it was resolved.",
    ),
    field(
        "4.9",
        "Information if the permanent resolution date of the incident differs from the initially planned implementation date",
        Text,
        Always,
        "Why it was mended at another date than planned; if it was not, say so.",
    ),
    field(
        "4.10",
        "Assessment of risk to critical functions for resolution purposes",
        Text,
        If(
            "it puts critical functions in the sense of Directive 2014/59/EU at risk",
            Test::Person,
        ),
        "Only of banks and firms under that directive: which critical functions are at risk.",
    ),
    field(
        "4.11",
        "Information relevant for resolution authorities",
        Text,
        If(
            "it has touched the resolvability of the entity or the group",
            Test::Person,
        ),
        "Only of banks and firms under that directive: how it touches resolvability, solvency, liquidity and capital, and whether contracts for ICT would still hold.",
    ),
    field(
        "4.12",
        "Materiality threshold for the classification criterion ‘Economic impact’",
        Text,
        Always,
        "Which thresholds of costs and losses were reached.",
    ),
    field(
        "4.13",
        "Amount of gross direct and indirect costs and losses",
        MONEY,
        Always,
        "All costs and losses before any recovery, in thousands: stolen funds, replacements, staff, fees, redress, lost revenue, communication, advice, others.",
    )
    .by("costs"),
    field(
        "4.14",
        "Amount of financial recoveries",
        MONEY,
        Always,
        "What came back, in thousands, whenever it came: insurance, reimbursements.",
    ),
    field(
        "4.15",
        "Information on whether the non-major incidents have been recurring",
        Text,
        If(
            "several smaller incidents together count as this major one",
            Test::Person,
        ),
        "That they do, and how often they occurred.",
    ),
    field(
        "4.16",
        "Date and time of occurrence of recurring incidents",
        Date,
        If("incidents recurred", Test::Person),
        "When the first of them happened.",
    ),
];
