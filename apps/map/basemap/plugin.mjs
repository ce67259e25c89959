import { countryLabels, cutWorld } from './cut.mjs';

const ID = 'virtual:basemap';

const makers = {
  'world-110m': () => cutWorld('110m', 2),
  'world-50m': () => cutWorld('50m', 2),
  countries: () => countryLabels(),
};

/** Gives `virtual:basemap` the addresses of the map's own vector world, written as hashed assets of the build. */
export const basemap = () => {
  const bodies = new Map();
  const body = (name) => {
    const made = bodies.get(name) ?? JSON.stringify(makers[name]());
    bodies.set(name, made);
    return made;
  };
  let serving = false;
  return {
    name: 'faultline-basemap',
    configResolved(config) {
      serving = config.command === 'serve';
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = /^\/@basemap\/([\w-]+)\.json$/.exec(request.url ?? '')?.[1];
        if (name === undefined || !(name in makers)) return next();
        response.setHeader('content-type', 'application/json');
        response.end(body(name));
      });
    },
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    load(id) {
      if (id !== `\0${ID}`) return null;
      const address = (name) => {
        if (serving) return JSON.stringify(`/@basemap/${name}.json`);
        const file = this.emitFile({ type: 'asset', name: `${name}.json`, source: body(name) });
        return `import.meta.ROLLUP_FILE_URL_${file}`;
      };
      return [
        `export const world110 = ${address('world-110m')};`,
        `export const world50 = ${address('world-50m')};`,
        `export const countries = ${address('countries')};`,
      ].join('\n');
    },
  };
};
