/** The public board of AWS with one event, told at `atMs`: errors in EC2 of `region`, under investigation. */
export function boardOf(region: string, atMs: number): Uint8Array {
  const seconds = Math.floor(atMs / 1000);
  const summary = 'Increased error rates';
  return new TextEncoder().encode(
    JSON.stringify([
      {
        date: String(seconds),
        arn: `arn:aws:health:${region}::event/EC2/AWS_EC2_OPERATIONAL_ISSUE/AWS_EC2_OPERATIONAL_ISSUE_00000_0000`,
        region_name: region,
        status: '1',
        service: `ec2-${region}`,
        service_name: 'Amazon Elastic Compute Cloud',
        summary,
        event_log: [{ summary, message: 'We are investigating increased error rates.', status: 1, timestamp: seconds }],
        impacted_services: {},
      },
    ]),
  );
}
