// A real OpenID provider on loopback, with its own pages for sign-in and consent.
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import Provider, { type AccountClaims, type JWK } from "oidc-provider";

/** What the provider vouches for: an e-mail address, whether it is verified, and a name. */
export interface Account {
  email: string;
  email_verified: boolean;
  name: string;
}

export interface ProviderOptions {
  port: number;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  /** Who may sign in, by the login that they type; it becomes the subject. The password does not matter. */
  accounts: Record<string, Account>;
}

export interface RunningProvider {
  issuer: string;
  stop(): Promise<void>;
}

export async function startProvider(options: ProviderOptions): Promise<RunningProvider> {
  const issuer = `http://127.0.0.1:${options.port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: options.clientId,
        client_secret: options.clientSecret,
        redirect_uris: [options.redirectUri],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    findAccount: (_, login) => account(login, options.accounts[login]),
    features: { devInteractions: { enabled: true } },
    pkce: { required: () => true },
    cookies: { keys: ["end2end"] },
    jwks: { keys: [signingKey()] },
    // Its defaults say how long each lives, but warn that they are defaults.
    ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 3600, IdToken: 300, Interaction: 600, Session: 3600 },
  });
  const server = createServer(provider.callback()).listen(options.port, "127.0.0.1");
  await once(server, "listening");
  const stop = async () => {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { issuer, stop };
}

function account(login: string, known: Account | undefined) {
  if (!known) return undefined;
  const claims = (): AccountClaims => ({ sub: login, ...known });
  return { accountId: login, claims };
}

function signingKey(): JWK {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "end2end" } as JWK;
}
