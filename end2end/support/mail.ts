// A real mail server on loopback, with a memory.
import { once } from "node:events";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import { run } from "./run.ts";

export interface Mail {
  to: string[];
  email: Email;
}

export class MailServer {
  readonly #server: SMTPServer;
  readonly mails: Mail[] = [];
  /** Whether every recipient is unknown here. */
  refuses = false;

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["AUTH", "STARTTLS"],
      onRcptTo: (_, __, done) => done(this.refuses ? Object.assign(new Error("unknown"), { responseCode: 550 }) : null),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          PostalMime.parse(Buffer.concat(chunks)).then((email) => {
            this.mails.push({ to, email });
            done();
          }, done);
        });
      },
    });
  }

  /** Listens where the server under test sends its mail. */
  static async start(): Promise<MailServer> {
    const mail = new MailServer();
    await once(mail.#server.listen(run().mailPort, "127.0.0.1"), "listening");
    return mail;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(resolve));
  }
}
