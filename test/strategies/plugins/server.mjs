/**
 * An on-dial plugin as a server of its own, with nothing but Node: it is started as ORS starts sessions over HTTP, is told
 * `plugin.start`, and posts its answer to _reply_url. Its answer is the user data `answer` of the callback, `answers` times. It
 * tells the process that forked it where it listens, how it was started, and what became of its answers.
 */
import { createServer } from 'node:http';

const sessions = new Map();

const bodyOf = async (request) => {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
};

const answerTo = async ({ _reply_url, _user_data: { answer, answers = 1 } }) => {
  for (let time = 1; answer && time <= answers; time += 1) {
    const response = await fetch(_reply_url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(answer),
    });
    process.send({ status: response.status, body: await response.text() });
  }
};

const routes = {
  async start(request) {
    const parameters = JSON.parse(await bodyOf(request));
    if (parameters._user_data.broken) return [500, { message: 'the plugin is broken' }];
    const sessionid = `node-${sessions.size + 1}`;
    sessions.set(sessionid, parameters);
    process.send({ started: parameters });
    return [200, { sessionid }];
  },
  async event(request, sessionid) {
    const parameters = sessions.get(sessionid);
    if (!parameters) return [404, { message: `there is no session ${sessionid}` }];
    void answerTo(parameters);
    return [200, {}];
  },
  async terminate(request, sessionid) {
    process.send({ terminated: sessions.delete(sessionid) });
    return [200, {}];
  },
};

const server = createServer(async (request, response) => {
  const [, start, sessionid, what] =
    /^\/scxml\/session\/(?:(start)|([\w-]+)\/(event\/plugin\.start|terminate))$/.exec(request.url) ?? [];
  const route = routes[start ?? what?.split('/')[0]];
  const [status, body] = route && request.method === 'POST' ? await route(request, sessionid) : [404, {}];
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('disconnect', () => process.exit());
