// A person's connection to the API of a running server: JSON in, JSON out, refusals as values.
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** {status, body} of one request. */
export function ask(base, method, path, body, headers = {}) {
  const text = body === undefined ? '' : JSON.stringify(body);
  return new Promise((done, failed) => {
    const sent = request(`${base}${path}`, {
      agent,
      method,
      headers: { ...headers, 'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(text) },
    }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => {
        const got = Buffer.concat(parts).toString('utf8');
        done({ status: answer.statusCode, body: got ? JSON.parse(got) : null,
          cookie: answer.headers['set-cookie']?.[0].split(';')[0] });
      });
      answer.on('error', failed);
    });
    sent.on('error', failed);
    sent.end(text);
  });
}

/** Signs in; the answer sends requests as this person. Refusals below 500 are answers. */
export async function signIn(base, login, password) {
  const signed = await ask(base, 'POST', '/api/v1/session', { login, password }, { Origin: base });
  if (signed.status !== 200) throw new Error(`${login} cannot sign in: ${JSON.stringify(signed.body)}`);
  const headers = { Cookie: signed.cookie, Origin: base };
  return async (method, path, body) => {
    const answer = await ask(base, method, `/api/v1${path}`, body, headers);
    if (answer.status >= 500) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer;
  };
}
