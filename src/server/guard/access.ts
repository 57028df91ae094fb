import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SiltstoneError } from '../../errors.ts';
import type { Scope } from '../route.ts';
import type { TokenCheck, TokenScope } from './tokens.ts';

/** Who may do what: by a token, or by the cookie of a page that has shown one. */
export interface Access {
  /** @throws SiltstoneError `unauthorized`, `forbidden` */
  require(scope: Scope, request: FastifyRequest): void;
  /** Gives a page a cookie for its token. @throws SiltstoneError `unauthorized` */
  signIn(token: string, request: FastifyRequest, reply: FastifyReply): void;
  signOut(request: FastifyRequest, reply: FastifyReply): void;
}

const sessionsMax = 1_000;
const sessionMs = 12 * 3_600_000;

interface Session {
  readonly may: readonly TokenScope[];
  readonly until: number;
}

/** @param check undefined where nobody needs a token */
export function openAccess(check: TokenCheck | undefined): Access {
  const sessions = new Map<string, Session>();
  const mayOf = (request: FastifyRequest): readonly TokenScope[] | undefined => {
    const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token !== undefined) return check?.(token);
    const session = sessions.get(cookieOf(request) ?? '');
    return session !== undefined && session.until > Date.now() ? session.may : undefined;
  };
  return {
    require: (scope, request) => {
      if (check === undefined || scope === 'public') return;
      const may = mayOf(request);
      if (may === undefined)
        throw new SiltstoneError('unauthorized', 'this needs a token, and none that counts was given');
      if (!may.includes(scope))
        throw new SiltstoneError('forbidden', `the token may ${may.join(', ')}, and not ${scope}`);
    },
    signIn: (token, request, reply) => {
      if (check === undefined) return;
      const may = check(token);
      if (may === undefined) throw new SiltstoneError('unauthorized', 'that is no token of this server');
      const [oldest] = sessions.keys();
      if (sessions.size >= sessionsMax && oldest !== undefined) sessions.delete(oldest);
      const id = randomBytes(32).toString('base64url');
      sessions.set(id, { may, until: Date.now() + sessionMs });
      reply.header('set-cookie', cookieText(request, id, sessionMs / 1000));
    },
    signOut: (request, reply) => {
      sessions.delete(cookieOf(request) ?? '');
      reply.header('set-cookie', cookieText(request, '', 0));
    },
  };
}

/** Cookies know no ports: two servers of one machine would take each other's. */
const nameOf = ({ socket }: FastifyRequest): string => `siltstone_${socket.localPort}`;

const cookieText = (request: FastifyRequest, value: string, ageSeconds: number): string =>
  `${nameOf(request)}=${value}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${ageSeconds}`;

function cookieOf(request: FastifyRequest): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const mark = `${nameOf(request)}=`;
  return pairs.find((pair) => pair.startsWith(mark))?.slice(mark.length);
}
