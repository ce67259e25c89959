import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countryIn } from './headline-country.js';
import { perilOf } from './headline-peril.js';

describe('the peril of a headline', () => {
  it.each([
    ['Drone strikes damage data centers in the United Arab Emirates', 'drone-strike'],
    ['Iranian drones hit AWS data center in Bahrain', 'drone-strike'],
    ['Power station struck by drone in Kuwait', 'drone-strike'],
    ['Shahed drones attack energy infrastructure in Odesa', 'drone-strike'],
    ['Three workers killed as missiles hit oil refinery in Haifa', 'missile-strike'],
    ['Rocket attack on airport in Erbil', 'missile-strike'],
    ['Drones and missiles strike power grid across Ukraine', 'armed-attack'],
    ['Airstrike on fuel depot in Sudan', 'armed-attack'],
    ['Iranian strikes on power plants in the Gulf', 'armed-attack'],
    ['US strikes on oil terminal at Kharg', 'armed-attack'],
    ['Shelling cuts power lines to nuclear plant', 'armed-attack'],
    ['Undersea cable sabotaged in the Baltic', 'sabotage'],
  ])('%s: %s', (headline, peril) => {
    expect(perilOf(headline)).toBe(peril);
  });

  it.each([
    // No infrastructure, or no attack.
    'Drone strike kills two in Kherson',
    'Data center opens in Bahrain',
    'Cloud outage hits airlines',
    'Power outage hits data center in Manama',
    // Words that are also said of other things.
    'Amazon strikes deal to build data center in Abu Dhabi',
    'Workers strike at data center in Dublin',
    'Lightning strikes power plant in Oman',
    'Storm hits airport in Doha',
    'Car hits power station fence in Leeds',
    'Lawmakers attack data center tax break',
    'Heart attack kills refinery chief',
    'Ransomware attack hits pipeline operator',
    'Hackers attack power grid with drones',
    'Court strikes down pipeline permit',
    // Arizona.
    'Drone strikes power line in Arizona, cutting power to thousands',
    'Rocket hits data center in Texas',
    'Arizona data center hit by drone',
    // Not said to have happened.
    'Iran could hit data centers with drones, analysts say',
    'Analyst warns of drone attacks on data centers',
    'Iran denies drone strike on power plant',
    'No drone attack on refinery, says minister',
    'Drone attack on refinery foiled',
    'Drones intercepted near power plant after attack',
    'Militia threatens missile strikes on oil terminals',
    'What if missiles hit a data center?',
    'Was the data center hit by drones?',
    'Reported drone strike on data center is fake, fact-check finds',
    'Iran claims drone strike on US data center',
    'Suspected drone strike on pipeline',
    'Militia plans drone attacks on airports',
    // Not in this world, or not now.
    'Film about a drone strike on a nuclear plant tops box office',
    'New Call of Duty game opens with missile strike on airport',
    'Drone strikes data center in season finale',
    'Drill simulates missile strike on power plant',
    'Exercise: rocket attack on airport',
    'Ten years after missile strike on refinery, city remembers',
    '1991 missile strike on power station, in pictures',
    'Opinion: a drone strike on a data center was inevitable',
  ])('%s: none', (headline) => {
    expect(perilOf(headline)).toBeNull();
  });

  it('needs both an attack and infrastructure, whatever the words', () => {
    const words = fc.constantFrom(
      ...'drone drones missile strike strikes hit attack on in at by data center power plant refinery could denies film game drill Arizona Iran Kuwait no the of ?'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 14 }), (list) => {
        const headline = list.join(' ');
        if (perilOf(headline) === null) return;
        expect(headline).toMatch(/drone|missile|Iran (?:strike|attack)/);
        expect(headline).toMatch(/strike|hit|attack/);
        expect(headline).toMatch(/data center|power plant|refinery/);
        expect(headline).not.toMatch(/could|denies|film|game|drill|Arizona|\bno\b|\?/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the country of a headline', () => {
  it.each([
    ['Missiles hit oil refinery in Bahrain', 'BH'],
    ['UAE closes airspace', 'AE'],
    ['Bahrain’s grid recovers', 'BH'],
    ['Fighting in South Sudan spreads', 'SS'],
    ['Equatorial Guinea votes', 'GQ'],
    ['Türkiye and Turkiye', 'TR'],
    ['Blackout in Iraq; Iraq blames heat', 'IQ'],
    ['Flood in the Democratic Republic of the Congo', 'CD'],
  ])('%s: %s', (headline, code) => {
    expect(countryIn(headline)).toBe(code);
  });

  it.each([
    'Iran and Israel trade strikes',
    'US strikes Iran',
    'Georgia power plant struck by drone',
    'Jordan scores again',
    'Michael Jordan visits Bahrain',
    'Turkey prices rise before Thanksgiving',
    'New Mexico data center approved',
    'New Jersey transit halts',
    'Roman ruins found',
    'Tell us more',
    'Panama City beach reopens',
    'Gulf of Oman: tanker adrift',
    'Congo battles outbreak',
    'Nothing here',
    '',
  ])('%s: none', (headline) => {
    expect(countryIn(headline)).toBeNull();
  });
});
