declare module 'virtual:basemap' {
  /** Addresses of the vector world at two scales and of the country names. */
  export const world110: string;
  export const world50: string;
  export const countries: string;
}

declare module '*.css';
