// Clients of the broker that know nothing of Java: one AMQP 1.0 and one STOMP connection. Each line of the standard input is
// a command in JSON, each line of the standard output what came of it.
const readline = require('node:readline');
const rhea = require('rhea');
const stompit = require('stompit');

const [host, port, user, password] = process.argv.slice(2);
const say = (told) => process.stdout.write(JSON.stringify(told) + '\n');

/** Sends a request over AMQP and waits for its reply on a queue of its own, or on a temporary one: a dynamic source; or leaves. */
function amqp(command) {
  const container = rhea.create_container();
  const connection = container.connect({ host, port: Number(port), username: user, password, reconnect: false });
  return new Promise((resolve) => {
    const end = (told) => { connection.close(); resolve(told); };
    setTimeout(() => end({ error: 'no reply' }), command.wait).unref();
    connection.on('connection_error', (context) => end({ error: String(context.connection.error) }));
    connection.on('disconnected', (context) => end({ error: String(context.error) }));
    const receiver = connection.open_receiver(
      command.replies ? { source: { address: command.replies, capabilities: ['queue'] } } : { source: { dynamic: true } });
    receiver.on('receiver_open', () => {
      const sender = connection.open_sender(command.queue);
      if (command.leave) sender.on('accepted', () => end({ left: true }));
      sender.on('sender_error', () => end({ error: String(sender.error) }));
      sender.on('sendable', () => sender.send({
        reply_to: receiver.source.address,
        correlation_id: command.correlation,
        message_id: command.message_id,
        priority: command.priority,
        application_properties: command.properties,
        body: command.body,
      }));
    });
    receiver.on('message', (context) => end({
      body: context.message.body,
      correlation: context.message.correlation_id,
      priority: context.message.priority,
      properties: context.message.application_properties,
    }));
  });
}

/** Sends a request over STOMP and waits for its reply on a queue of its own. */
function stomp(command) {
  return new Promise((resolve) => {
    stompit.connect({ host, port: Number(port), connectHeaders: { host: '/', login: user, passcode: password } },
      (failure, client) => {
        if (failure) {
          resolve({ error: failure.message });
          return;
        }
        const end = (told) => { client.destroy(); resolve(told); };
        client.on('error', (error) => end({ error: error.message }));
        setTimeout(() => end({ error: 'no reply' }), command.wait).unref();
        client.subscribe({ destination: command.replies, ack: 'auto' }, (refused, message) => {
          if (refused) {
            end({ error: refused.message });
            return;
          }
          message.readString('utf-8', (broken, body) => end(broken ? { error: broken.message }
            : { body, correlation: message.headers['correlation-id'], properties: message.headers }));
        });
        const frame = client.send({ destination: command.queue, 'reply-to': command.replies,
          'correlation-id': command.correlation, persistent: 'true', priority: String(command.priority),
          ...command.properties });
        frame.write(command.body);
        frame.end();
      });
  });
}

let last = Promise.resolve();
readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const command = JSON.parse(line);
  last = last.then(() => (command.protocol === 'amqp' ? amqp : stomp)(command)).then(say);
}).on('close', () => last.then(() => process.exit(0)));
