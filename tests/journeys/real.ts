// Real incidents of a public platform, as its status page gave them.
import { readFileSync } from "node:fs";


export type Update = {
  id: string;
  status: string;
  body: string;
  created_at: string;
  display_at: string;
  affected_components: { name: string }[] | null;
};
export type Incident = {
  id: string;
  name: string;
  status: string;
  impact: string;
  created_at: string;
  started_at: string | null;
  resolved_at: string | null;
  incident_updates: Update[];
};
export type StatusPage = { page: { id: string; name: string }; incidents: Incident[] };

/** Where the file lies, beside the repository. */
export function pagePath(): string {
  return new URL("../../../shared/data/statuspage-incidents-2022-2024.json", import.meta.url).pathname;
}

export function pageText(): string {
  return readFileSync(pagePath(), "utf8");
}

export function statusPage(): StatusPage {
  return JSON.parse(pageText()) as StatusPage;
}
