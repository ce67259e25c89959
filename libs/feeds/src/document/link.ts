/** A link as a claim may carry it: http or https, without user name or password, up to 2,000 characters; null otherwise. */
export function webAddress(url: unknown): string | null {
  if (typeof url !== 'string' || url.length > 2000 || !URL.canParse(url.trim())) return null;
  const { protocol, username, password, href } = new URL(url.trim());
  const isWeb = (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
  return isWeb && href.length <= 2000 ? href : null;
}
