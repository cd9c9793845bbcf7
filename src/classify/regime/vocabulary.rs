//! The words of all regimes: moments that start clocks, and reports that stop them.
//!
//! Only names, titles and questions; which regime uses which is said in its module.

names!(
    /// A moment that a person confirms. It is never taken from the incident's other times unasked.
    Trigger {
        /// The organisation became aware.
        Aware = "aware",
        /// It was discovered, or should have been.
        Discovered = "discovered",
        /// It was determined that this is a case to be reported.
        Determined = "determined",
        /// DORA: it was classified as major.
        ClassifiedMajor = "classified_major",
        /// SEC: it was determined to be material.
        MaterialityDetermined = "materiality_determined",
        /// SEC: what was missing in the first report is known.
        InformationAvailable = "information_available",
        /// FCA: a threshold was met.
        ThresholdMet = "threshold_met",
        /// APRA: a critical operation went outside its tolerance.
        OutsideTolerance = "outside_tolerance",
        /// APRA: aware of a weakness in a control.
        WeaknessFound = "weakness_found",
        /// CIRCIA: there was reason to believe it.
        ReasonableBelief = "reasonable_belief",
        /// A ransom was paid.
        PaymentMade = "payment_made",
        /// CRA: a fix or a mitigation is available.
        FixAvailable = "fix_available",
        /// DORA: regular activities have recovered.
        Recovered = "recovered",
        /// It has been handled to its end.
        Resolved = "resolved",
    }
);

impl Trigger {
    /// The moment in a few words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Aware => "Became aware",
            Self::Discovered => "Discovered",
            Self::Determined => "Determined to be reportable",
            Self::ClassifiedMajor => "Classified as major",
            Self::MaterialityDetermined => "Determined to be material",
            Self::InformationAvailable => "Missing information known",
            Self::ThresholdMet => "Threshold met",
            Self::OutsideTolerance => "Outside tolerance",
            Self::WeaknessFound => "Aware of the weakness",
            Self::ReasonableBelief => "Reasonable belief",
            Self::PaymentMade => "Ransom paid",
            Self::FixAvailable => "Fix or mitigation available",
            Self::Recovered => "Regular activities recovered",
            Self::Resolved => "Resolved",
        }
    }

    /// The question that asks a person for it. A regime may put it more exactly.
    pub const fn question(self) -> &'static str {
        match self {
            Self::Aware => "When did the organisation become aware of it?",
            Self::Discovered => "When was it discovered, or should it have been?",
            Self::Determined => "When was it determined that this must be reported?",
            Self::ClassifiedMajor => "When was it classified as a major incident?",
            Self::MaterialityDetermined => "When was it determined to be material?",
            Self::InformationAvailable => "When did the missing information become known?",
            Self::ThresholdMet => "When was a reporting threshold met?",
            Self::OutsideTolerance => "When did a critical operation go outside its tolerance?",
            Self::WeaknessFound => "When did the organisation become aware of the weakness?",
            Self::ReasonableBelief => "When was there reason to believe that it happened?",
            Self::PaymentMade => "When was a ransom paid?",
            Self::FixAvailable => "When did a fix or a mitigation become available?",
            Self::Recovered => "When had regular activities recovered?",
            Self::Resolved => "When was it resolved?",
        }
    }
}

names!(
    /// What is sent. Each regime knows a few of them; sending one stops its clock.
    Report {
        /// The first report of several.
        Initial = "initial",
        /// The one between first and last.
        Intermediate = "intermediate",
        /// The intermediate report again, after recovery.
        Updated = "updated",
        /// The last report.
        Final = "final",
        /// The last report, counted from a fix.
        FinalOnFix = "final_on_fix",
        /// The early warning.
        Warning = "warning",
        /// The notification.
        Notification = "notification",
        /// Where things stand, while it goes on.
        Progress = "progress",
        /// What was missing in the first report.
        Amendment = "amendment",
        /// By word of mouth.
        Oral = "oral",
        /// In writing, after word of mouth or a first report.
        Written = "written",
        /// What the cause was.
        Cause = "cause",
        /// A weakness in a control.
        Weakness = "weakness",
        /// A critical operation outside its tolerance.
        Tolerance = "tolerance",
        /// That a ransom was paid.
        Payment = "payment",
        /// Why a ransom was paid.
        PaymentReasons = "payment_reasons",
        /// To the people concerned.
        People = "people",
        /// To the media.
        Media = "media",
        /// To those for whom the work is done.
        Clients = "clients",
    }
);

impl Report {
    /// The report in a few words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Initial => "Initial notification",
            Self::Intermediate => "Intermediate report",
            Self::Updated => "Updated intermediate report",
            Self::Final => "Final report",
            Self::FinalOnFix => "Final report after the fix",
            Self::Warning => "Early warning",
            Self::Notification => "Notification",
            Self::Progress => "Progress report",
            Self::Amendment => "Amendment",
            Self::Oral => "Oral report",
            Self::Written => "Written report",
            Self::Cause => "Report on the cause",
            Self::Weakness => "Notice of the weakness",
            Self::Tolerance => "Notice of a critical operation outside tolerance",
            Self::Payment => "Notice of the payment",
            Self::PaymentReasons => "Reasons for the payment",
            Self::People => "Notice to the people concerned",
            Self::Media => "Notice to the media",
            Self::Clients => "Notice to clients",
        }
    }

    /// The question that asks when it was sent.
    pub const fn question(self) -> &'static str {
        match self {
            Self::Initial => "When was the initial notification sent?",
            Self::Intermediate => "When was the last intermediate report sent?",
            Self::Updated => "When was the updated report sent?",
            Self::Final | Self::FinalOnFix => "When was the final report sent?",
            Self::Warning => "When was the early warning sent?",
            Self::Notification => "When was the notification sent?",
            Self::Progress => "When was the progress report sent?",
            Self::Amendment => "When was the amendment filed?",
            Self::Oral => "When was the oral report made?",
            Self::Written => "When was the written report sent?",
            Self::Cause => "When was the report on the cause sent?",
            Self::Weakness => "When was the weakness notified?",
            Self::Tolerance => "When was the disruption notified?",
            Self::Payment => "When was the payment notified?",
            Self::PaymentReasons => "When were the reasons for the payment sent?",
            Self::People => "When were the people concerned told?",
            Self::Media => "When were the media told?",
            Self::Clients => "When were the clients told?",
        }
    }

    /// What stops its clock, as a sentence.
    pub const fn stops_by(self) -> &'static str {
        match self {
            Self::Initial => "Stops when the initial notification is sent.",
            Self::Intermediate => "Stops when the intermediate report is sent.",
            Self::Updated => "Stops when the updated report is sent.",
            Self::Final | Self::FinalOnFix => "Stops when the final report is sent.",
            Self::Warning => "Stops when the early warning is sent.",
            Self::Notification => "Stops when the notification is sent.",
            Self::Progress => "Stops when the progress report is sent.",
            Self::Amendment => "Stops when the amendment is filed.",
            Self::Oral => "Stops when the oral report is made.",
            Self::Written => "Stops when the written report is sent.",
            Self::Cause => "Stops when the report on the cause is sent.",
            Self::Weakness => "Stops when the weakness is notified.",
            Self::Tolerance => "Stops when the disruption is notified.",
            Self::Payment => "Stops when the payment is notified.",
            Self::PaymentReasons => "Stops when the reasons are sent.",
            Self::People => "Stops when the people concerned have been told.",
            Self::Media => "Stops when the media have been told.",
            Self::Clients => "Stops when the clients have been told.",
        }
    }
}

/// What a clock starts from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// A moment that a person confirmed.
    Trigger(Trigger),
    /// An earlier report, when it was sent.
    Report(Report),
}

impl Anchor {
    /// In a few words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Trigger(trigger) => trigger.title(),
            Self::Report(report) => report.title(),
        }
    }
}
