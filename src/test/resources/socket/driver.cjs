// Drives socket.io-client for the tests: commands come as lines of JSON on the standard input, what happens goes out as lines.
const { io } = require('socket.io-client');
const sockets = new Map();
const say = (id, event, data) => process.stdout.write(JSON.stringify({ id, event, data, at: Date.now() }) + '\n');

const commands = {
  connect({ id, url, options }) {
    const socket = io(url, { path: '/ws', forceNew: true, reconnectionDelay: 50, reconnectionDelayMax: 100, ...options });
    sockets.set(id, socket);
    socket.on('connect', () => say(id, 'connect', { sid: socket.id, transport: socket.io.engine.transport.name }));
    socket.on('disconnect', reason => say(id, 'disconnect', reason));
    socket.on('connect_error', error => say(id, 'connect_error',
      { message: error.message, data: error.data, status: error.context && error.context.status, type: error.type }));
    socket.onAny((event, data) => say(id, event, data));
    socket.io.on('open', () => socket.io.engine.on('upgrade', transport => say(id, 'upgrade', transport.name)));
    socket.io.on('ping', () => say(id, 'ping', null));
  },
  emit({ id, event, data, ack }) {
    if (ack) sockets.get(id).emit(event, data, answer => say(id, 'ack', answer));
    else sockets.get(id).emit(event, data);
  },
  binary({ id, event }) { sockets.get(id).emit(event, Buffer.from([1, 2, 3])); },
  many({ id, event, data, times }) { for (let i = 0; i < times; i++) sockets.get(id).emit(event, data); },
  // As when the network fails: the client is not told, and connects again.
  drop({ id }) { const e = sockets.get(id).io.engine; e.transport.ws ? e.transport.ws.terminate() : e.close(); },
  disconnect({ id }) { sockets.get(id).disconnect(); },
};

require('readline').createInterface({ input: process.stdin }).on('line', line => {
  const command = JSON.parse(line);
  commands[command.op](command);
}).on('close', () => process.exit(0));
