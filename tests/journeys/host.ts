// A host that can be changed, and taken away: the site in a folder of its own, on a server of its own.
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize, resolve } from "node:path";

/** The site as it was built. */
export const DIST = resolve(import.meta.dirname, "../..", process.env.MUSTER_DIST ?? "dist");

const KINDS: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

export class Host {
  private server: Server | undefined;
  private port = 0;
  /** What is answered in a file's stead. */
  readonly instead = new Map<string, { status?: number; kind?: string; body?: string; leads?: string; file?: string }>();

  private constructor(readonly folder: string) {}

  /** With a copy of the site, under way. */
  static async up(): Promise<Host> {
    const host = new Host(await mkdtemp(join(tmpdir(), "muster-host-")));
    await cp(DIST, host.folder, { recursive: true });
    await host.start();
    return host;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}/at/`;
  }

  /** The same, by a name that browsers do not trust as they trust their own machine. */
  get addressByName(): string {
    return `http://muster.test:${this.port}/at/`;
  }

  async start(): Promise<void> {
    const server = createServer(async (request, response) => {
      const path = decodeURIComponent(new URL(request.url ?? "/", "http://host").pathname);
      const name = normalize(path.replace(/^\/at\//, "") || "index.html");
      const instead = this.instead.get(name);
      if (instead?.leads) {
        response.writeHead(302, { Location: instead.leads }).end();
        return;
      }
      const file = instead?.file ?? name;
      const found = path.startsWith("/at/") && !file.startsWith("..") ? await readFile(join(this.folder, file)).catch(() => undefined) : undefined;
      const body = instead?.body ?? found;
      const status = instead?.status ?? (body === undefined ? 404 : 200);
      // Nothing is kept by the browser's own cache: what comes back comes from the worker.
      response.writeHead(status, { "Content-Type": instead?.kind ?? KINDS[extname(file)] ?? "text/plain", "Cache-Control": "no-store" });
      response.end(body ?? "not found");
    });
    await new Promise<void>((done) => server.listen(this.port, "127.0.0.1", done));
    this.server = server;
    this.port = (server.address() as { port: number }).port;
  }

  /** The host is down: nothing answers at all. */
  async stop(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }

  async gone(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Another build of a file: it has other content, and the worker knows. */
  async build(name: string, change: (content: Buffer) => Buffer | string): Promise<void> {
    await this.change(name, change);
    const hash = (content: Buffer | string) => `sha256-${createHash("sha256").update(content).digest("base64")}`;
    const content = await readFile(join(this.folder, name));
    const address = name === "index.html" ? "./" : name;
    await this.change("worker.js", (worker) => {
      const line = new RegExp(`\\["${address.replaceAll(".", "\\.")}", "[^"]*"\\]`);
      if (!line.test(worker.toString())) throw new Error(`the worker does not keep ${name}`);
      const listed = worker.toString().replace(line, `["${address}", "${hash(content)}"]`);
      return listed.replace(/const build = "[^"]*"/, `const build = "${hash(content)}"`);
    });
  }

  /** A file changes, and the worker does not know. */
  async change(name: string, change: (content: Buffer) => Buffer | string): Promise<void> {
    const file = join(this.folder, name);
    await writeFile(file, change(await readFile(file)));
  }
}
