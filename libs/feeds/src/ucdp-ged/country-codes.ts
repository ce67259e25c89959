/**
 * Gleditsch-Ward state numbers, which UCDP calls `country_id`, as ISO 3166-1 alpha-2. Source: Gleditsch and Ward (1999),
 * "A Revised List of Independent States since 1816", with its list of microstates. States that were no longer there when
 * UCDP begins in 1989 are left out. Both Yemens (678, 680) are Yemen, Serbia is 340 and as Yugoslavia 345, and Kosovo (347),
 * which ISO does not list, is XK, the code set aside for users of the list.
 */
const GLEDITSCH_WARD = `
  2:US 20:CA 31:BS 40:CU 41:HT 42:DO 51:JM 52:TT 53:BB 54:DM 55:GD 56:LC 57:VC 58:AG 60:KN 70:MX 80:BZ 90:GT 91:HN
  92:SV 93:NI 94:CR 95:PA 100:CO 101:VE 110:GY 115:SR 130:EC 135:PE 140:BR 145:BO 150:PY 155:CL 160:AR 165:UY 200:GB
  205:IE 210:NL 211:BE 212:LU 220:FR 221:MC 223:LI 225:CH 230:ES 232:AD 235:PT 260:DE 290:PL 305:AT 310:HU 316:CZ
  317:SK 325:IT 327:VA 331:SM 338:MT 339:AL 340:RS 341:ME 343:MK 344:HR 345:RS 346:BA 347:XK 349:SI 350:GR 352:CY
  355:BG 359:MD 360:RO 365:RU 366:EE 367:LV 368:LT 369:UA 370:BY 371:AM 372:GE 373:AZ 375:FI 380:SE 385:NO 390:DK
  395:IS 402:CV 403:ST 404:GW 411:GQ 420:GM 432:ML 433:SN 434:BJ 435:MR 436:NE 437:CI 438:GN 439:BF 450:LR 451:SL
  452:GH 461:TG 471:CM 475:NG 481:GA 482:CF 483:TD 484:CG 490:CD 500:UG 501:KE 510:TZ 516:BI 517:RW 520:SO 522:DJ
  530:ET 531:ER 540:AO 541:MZ 551:ZM 552:ZW 553:MW 560:ZA 565:NA 570:LS 571:BW 572:SZ 580:MG 581:KM 590:MU 591:SC
  600:MA 615:DZ 616:TN 620:LY 625:SD 626:SS 630:IR 640:TR 645:IQ 651:EG 652:SY 660:LB 663:JO 666:IL 670:SA 678:YE
  680:YE 690:KW 692:BH 694:QA 696:AE 698:OM 700:AF 701:TM 702:TJ 703:KG 704:UZ 705:KZ 710:CN 712:MN 713:TW 731:KP
  732:KR 740:JP 750:IN 760:BT 770:PK 771:BD 775:MM 780:LK 781:MV 790:NP 800:TH 811:KH 812:LA 815:VN 816:VN 820:MY
  830:SG 835:BN 840:PH 850:ID 860:TL 900:AU 910:PG 920:NZ 935:VU 940:SB 950:FJ 970:KI 971:NR 972:TO 973:TV 983:MH
  986:PW 987:FM 990:WS
`;

/** ISO 3166-1 alpha-3 as alpha-2, and Kosovo. Source: country-codes of datasets (PDDL 1.0). */
const ALPHA_3 = `
  ABW:AW AFG:AF AGO:AO AIA:AI ALA:AX ALB:AL AND:AD ARE:AE ARG:AR ARM:AM ASM:AS ATA:AQ ATF:TF ATG:AG AUS:AU AUT:AT
  AZE:AZ BDI:BI BEL:BE BEN:BJ BES:BQ BFA:BF BGD:BD BGR:BG BHR:BH BHS:BS BIH:BA BLM:BL BLR:BY BLZ:BZ BMU:BM BOL:BO
  BRA:BR BRB:BB BRN:BN BTN:BT BVT:BV BWA:BW CAF:CF CAN:CA CCK:CC CHE:CH CHL:CL CHN:CN CIV:CI CMR:CM COD:CD COG:CG
  COK:CK COL:CO COM:KM CPV:CV CRI:CR CUB:CU CUW:CW CXR:CX CYM:KY CYP:CY CZE:CZ DEU:DE DJI:DJ DMA:DM DNK:DK DOM:DO
  DZA:DZ ECU:EC EGY:EG ERI:ER ESH:EH ESP:ES EST:EE ETH:ET FIN:FI FJI:FJ FLK:FK FRA:FR FRO:FO FSM:FM GAB:GA GBR:GB
  GEO:GE GGY:GG GHA:GH GIB:GI GIN:GN GLP:GP GMB:GM GNB:GW GNQ:GQ GRC:GR GRD:GD GRL:GL GTM:GT GUF:GF GUM:GU GUY:GY
  HKG:HK HMD:HM HND:HN HRV:HR HTI:HT HUN:HU IDN:ID IMN:IM IND:IN IOT:IO IRL:IE IRN:IR IRQ:IQ ISL:IS ISR:IL ITA:IT
  JAM:JM JEY:JE JOR:JO JPN:JP KAZ:KZ KEN:KE KGZ:KG KHM:KH KIR:KI KNA:KN KOR:KR KWT:KW LAO:LA LBN:LB LBR:LR LBY:LY
  LCA:LC LIE:LI LKA:LK LSO:LS LTU:LT LUX:LU LVA:LV MAC:MO MAF:MF MAR:MA MCO:MC MDA:MD MDG:MG MDV:MV MEX:MX MHL:MH
  MKD:MK MLI:ML MLT:MT MMR:MM MNE:ME MNG:MN MNP:MP MOZ:MZ MRT:MR MSR:MS MTQ:MQ MUS:MU MWI:MW MYS:MY MYT:YT NAM:NA
  NCL:NC NER:NE NFK:NF NGA:NG NIC:NI NIU:NU NLD:NL NOR:NO NPL:NP NRU:NR NZL:NZ OMN:OM PAK:PK PAN:PA PCN:PN PER:PE
  PHL:PH PLW:PW PNG:PG POL:PL PRI:PR PRK:KP PRT:PT PRY:PY PSE:PS PYF:PF QAT:QA REU:RE ROU:RO RUS:RU RWA:RW SAU:SA
  SDN:SD SEN:SN SGP:SG SGS:GS SHN:SH SJM:SJ SLB:SB SLE:SL SLV:SV SMR:SM SOM:SO SPM:PM SRB:RS SSD:SS STP:ST SUR:SR
  SVK:SK SVN:SI SWE:SE SWZ:SZ SXM:SX SYC:SC SYR:SY TCA:TC TCD:TD TGO:TG THA:TH TJK:TJ TKL:TK TKM:TM TLS:TL TON:TO
  TTO:TT TUN:TN TUR:TR TUV:TV TWN:TW TZA:TZ UGA:UG UKR:UA UMI:UM URY:UY USA:US UZB:UZ VAT:VA VCT:VC VEN:VE VGB:VG
  VIR:VI VNM:VN VUT:VU WLF:WF WSM:WS XKX:XK YEM:YE ZAF:ZA ZMB:ZM ZWE:ZW
`;

/** English names as CLDR has them and, where UCDP writes another, as UCDP does; only asked where a row has no code. */
const NAMES = `
  AF Afghanistan; AL Albania; DZ Algeria; AS American Samoa; AD Andorra; AO Angola; AI Anguilla; AQ Antarctica; AG
  Antigua & Barbuda; AR Argentina; AM Armenia; AW Aruba; AU Australia; AT Austria; AZ Azerbaijan; BS Bahamas; BH
  Bahrain; BD Bangladesh; BB Barbados; BY Belarus; BE Belgium; BZ Belize; BJ Benin; BM Bermuda; BT Bhutan; BO
  Bolivia; BA Bosnia; BA Bosnia-Herzegovina; BW Botswana; BV Bouvet Island; BR Brazil; IO British Indian Ocean
  Territory; VG British Virgin Islands; BN Brunei; BG Bulgaria; BF Burkina Faso; BI Burundi; KH Cambodia; CM
  Cameroon; CA Canada; CV Cape Verde; BQ Caribbean Netherlands; KY Cayman Islands; CF Central African Republic; TD
  Chad; CL Chile; CN China; CX Christmas Island; CC Cocos Islands; CO Colombia; KM Comoros; CG Congo; CG Congo -
  Brazzaville; CD Congo - Kinshasa; CK Cook Islands; CR Costa Rica; HR Croatia; CU Cuba; CW Curaçao; CY Cyprus; CZ
  Czech Republic; CZ Czechia; CI Côte d’Ivoire; CD DR Congo; DK Denmark; DJ Djibouti; DM Dominica; DO Dominican
  Republic; TL East Timor; EC Ecuador; EG Egypt; SV El Salvador; GQ Equatorial Guinea; ER Eritrea; EE Estonia; SZ
  Eswatini; ET Ethiopia; FK Falkland Islands; FO Faroe Islands; FJ Fiji; FI Finland; FR France; GF French Guiana; PF
  French Polynesia; TF French Southern Territories; GA Gabon; GM Gambia; GE Georgia; DE Germany; GH Ghana; GI
  Gibraltar; GR Greece; GL Greenland; GD Grenada; GP Guadeloupe; GU Guam; GT Guatemala; GG Guernsey; GN Guinea; GW
  Guinea-Bissau; GY Guyana; HT Haiti; HM Heard & McDonald Islands; HN Honduras; HK Hong Kong; HU Hungary; IS
  Iceland; IN India; ID Indonesia; IR Iran; IQ Iraq; IE Ireland; IM Isle of Man; IL Israel; IT Italy; CI Ivory
  Coast; JM Jamaica; JP Japan; JE Jersey; JO Jordan; KZ Kazakhstan; KE Kenya; SZ Kingdom of eSwatini; KI Kiribati;
  XK Kosovo; KW Kuwait; KG Kyrgyzstan; LA Laos; LV Latvia; LB Lebanon; LS Lesotho; LR Liberia; LY Libya; LI
  Liechtenstein; LT Lithuania; LU Luxembourg; MO Macao; MK Macedonia, FYR; MG Madagascar; MW Malawi; MY Malaysia; MV
  Maldives; ML Mali; MT Malta; MH Marshall Islands; MQ Martinique; MR Mauritania; MU Mauritius; YT Mayotte; MX
  Mexico; FM Micronesia; MD Moldova; MC Monaco; MN Mongolia; ME Montenegro; MS Montserrat; MA Morocco; MZ
  Mozambique; MM Myanmar; NA Namibia; NR Nauru; NP Nepal; NL Netherlands; NC New Caledonia; NZ New Zealand; NI
  Nicaragua; NE Niger; NG Nigeria; NU Niue; NF Norfolk Island; KP North Korea; MK North Macedonia; MP Northern
  Mariana Islands; NO Norway; OM Oman; PK Pakistan; PW Palau; PS Palestine; PA Panama; PG Papua New Guinea; PY
  Paraguay; PE Peru; PH Philippines; PN Pitcairn; PL Poland; PT Portugal; PR Puerto Rico; QA Qatar; RO Romania; RU
  Russia; RW Rwanda; RE Réunion; WS Samoa; SM San Marino; SA Saudi Arabia; SN Senegal; RS Serbia; SC Seychelles; SL
  Sierra Leone; SG Singapore; SX Sint Maarten; SK Slovakia; SI Slovenia; SB Solomon Islands; SO Somalia; ZA South
  Africa; GS South Georgia & South Sandwich Islands; KR South Korea; SS South Sudan; ES Spain; LK Sri Lanka; BL St.
  Barthélemy; SH St. Helena; KN St. Kitts & Nevis; LC St. Lucia; MF St. Martin; PM St. Pierre & Miquelon; VC St.
  Vincent & Grenadines; SD Sudan; SR Suriname; SJ Svalbard & Jan Mayen; SE Sweden; CH Switzerland; SY Syria; ST São
  Tomé & Príncipe; TW Taiwan; TJ Tajikistan; TZ Tanzania; TH Thailand; TL Timor-Leste; TG Togo; TK Tokelau; TO
  Tonga; TT Trinidad & Tobago; TN Tunisia; TR Turkey; TM Turkmenistan; TC Turks & Caicos Islands; TV Tuvalu; TR
  Türkiye; UM U.S. Outlying Islands; VI U.S. Virgin Islands; GB UK; US US; UG Uganda; UA Ukraine; AE United Arab
  Emirates; GB United Kingdom; US United States of America; UY Uruguay; UZ Uzbekistan; VU Vanuatu; VA Vatican City;
  VE Venezuela; VN Vietnam; WF Wallis & Futuna; EH Western Sahara; YE Yemen; ZM Zambia; ZW Zimbabwe; AX Åland
  Islands
`;

const pairs = (table: string) =>
  new Map(
    table
      .trim()
      .split(/\s+/)
      .map((pair) => pair.split(':') as [string, string]),
  );
const BY_NUMBER = pairs(GLEDITSCH_WARD);
const BY_ALPHA_3 = pairs(ALPHA_3);
const BY_NAME = new Map(
  NAMES.split(';').map((entry) => {
    const [, code, name] = /^\s*([A-Z]{2})\s+([^]*?)\s*$/.exec(entry)!;
    return [nameKey(name!), code!];
  }),
);

/** UCDP adds a former name in brackets: `Yemen (North Yemen)`. */
function nameKey(name: string): string {
  return name.replace(/\(.*$/su, '').replace(/\s+/gu, ' ').trim().toLowerCase();
}

/** The country a row names, as ISO 3166-1 alpha-2: by its ISO code, else its Gleditsch-Ward number, else its name. */
export function countryOf(row: { iso3: string; countryId: string; country: string }): string | undefined {
  return BY_ALPHA_3.get(row.iso3.toUpperCase()) ?? BY_NUMBER.get(row.countryId) ?? BY_NAME.get(nameKey(row.country));
}
