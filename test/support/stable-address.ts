import net, { type AddressInfo } from 'node:net';

/** A database server at one address, whatever port it came back on: a server that is restarted takes a free one. */
export interface StableAddress {
  readonly url: string;
  /** Where connections go from now on. */
  pointTo(port: number): void;
  close(): Promise<void>;
}

export async function stableAddress(url: string): Promise<StableAddress> {
  const address = new URL(url);
  let target = Number(address.port);
  const sockets = new Set<net.Socket>();
  const server = net.createServer((inbound) => {
    const outbound = net.connect(target, '127.0.0.1');
    for (const [from, to] of [
      [inbound, outbound],
      [outbound, inbound],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address.port = String((server.address() as AddressInfo).port);
  return {
    url: address.href,
    pointTo: (port) => {
      target = port;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
