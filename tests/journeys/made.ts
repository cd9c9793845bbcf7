// Files made for a test: an incident of any length, as Muster itself would write it.

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** An id of sixteen characters that ends in a number. */
export function id(prefix: string, number: number): string {
  let tail = "";
  for (let rest = number; tail.length < 16 - prefix.length; rest = Math.floor(rest / 32)) tail = ALPHABET[rest % 32] + tail;
  return prefix + tail;
}

/** The events of one incident: declared, classified, then notes by four people in turn. */
export function events(count: number): string[] {
  const began = Date.parse("2026-11-24T02:13:00.000Z");
  const writers = [1, 2, 3, 4].map((number) => id("wr", number));
  const seqs = new Map(writers.map((writer) => [writer, 0]));
  const lines: string[] = [];
  const write = (writer: string, kind: string, body: object) => {
    const seq = (seqs.get(writer) ?? 0) + 1;
    seqs.set(writer, seq);
    const tick = lines.length + 1;
    const noted = new Date(began + tick * 1000).toISOString();
    lines.push(JSON.stringify({ body, kind, noted, seq, tick, writer }));
  };
  writers.forEach((writer, index) => write(writer, "joined", { name: `Responder ${index + 1}`, person: id("pe", index) }));
  write(writers[0], "declared", { nature: "test" });
  write(writers[0], "described", { title: `An incident of ${count} events` });
  write(writers[0], "classified", {
    effect: "cannot_work", impact: 1, major: true, priority: 1, scheme: "itil_3x3", scope: "many", urgency: "getting_worse", why: "Made for a test.",
  });
  while (lines.length < count) {
    const number = lines.length + 1;
    write(writers[number % 4], "note", { text: `Line ${number}: 38 to 42 % of authorisations time out, only in Europe` });
  }
  return lines;
}

/** A file with one incident of that many events. */
export function file(incident: string, count: number): string {
  const lines = events(count).join(",\n");
  return `{"format":"muster","version":1,"requires":[],"logs":[\n{"scope":"${incident}","events":[\n${lines}\n],"heads":[]}\n]}\n`;
}
