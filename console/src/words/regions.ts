import type { Language } from '../../../core/src/wording/words';
import { prefectures } from './prefectures';

/** Divisions at the level of provinces, by the first two digits of GB/T 2260. */
const provinces: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  '11': ['北京市', 'Beijing'],
  '12': ['天津市', 'Tianjin'],
  '13': ['河北省', 'Hebei'],
  '14': ['山西省', 'Shanxi'],
  '15': ['内蒙古自治区', 'Inner Mongolia'],
  '21': ['辽宁省', 'Liaoning'],
  '22': ['吉林省', 'Jilin'],
  '23': ['黑龙江省', 'Heilongjiang'],
  '31': ['上海市', 'Shanghai'],
  '32': ['江苏省', 'Jiangsu'],
  '33': ['浙江省', 'Zhejiang'],
  '34': ['安徽省', 'Anhui'],
  '35': ['福建省', 'Fujian'],
  '36': ['江西省', 'Jiangxi'],
  '37': ['山东省', 'Shandong'],
  '41': ['河南省', 'Henan'],
  '42': ['湖北省', 'Hubei'],
  '43': ['湖南省', 'Hunan'],
  '44': ['广东省', 'Guangdong'],
  '45': ['广西壮族自治区', 'Guangxi'],
  '46': ['海南省', 'Hainan'],
  '50': ['重庆市', 'Chongqing'],
  '51': ['四川省', 'Sichuan'],
  '52': ['贵州省', 'Guizhou'],
  '53': ['云南省', 'Yunnan'],
  '54': ['西藏自治区', 'Tibet'],
  '61': ['陕西省', 'Shaanxi'],
  '62': ['甘肃省', 'Gansu'],
  '63': ['青海省', 'Qinghai'],
  '64': ['宁夏回族自治区', 'Ningxia'],
  '65': ['新疆维吾尔自治区', 'Xinjiang'],
  '66': ['新疆生产建设兵团', 'Xinjiang Production and Construction Corps'],
  '71': ['台湾省', 'Taiwan'],
  '81': ['香港特别行政区', 'Hong Kong'],
  '82': ['澳门特别行政区', 'Macao'],
};

interface DivisionName {
  readonly zh: string;
  readonly en: string;
}

function prefectureOf(code: string): DivisionName | undefined {
  const row = prefectures[code.slice(0, 2)]?.split(';').find((one) => one.startsWith(code.slice(2, 4)));
  const [zh = '', ...en] = row?.slice(2).split(' ') ?? [];
  return row === undefined ? undefined : { zh, en: en.join(' ') };
}

/** A province, and its prefecture where the code names one that is known. */
function divisionOf(code: string): DivisionName | undefined {
  if (/^[01]00000$/.test(code)) return { zh: '全国', en: 'the whole nation' };
  const [zh, en] = provinces[code.slice(0, 2)] ?? [];
  if (zh === undefined || en === undefined) return undefined;
  const prefecture = prefectureOf(code);
  return prefecture === undefined ? { zh, en } : { zh: zh + prefecture.zh, en: `${prefecture.en}, ${en}` };
}

/** `140600` → `140600 山西省朔州市`: the code first, as it is what lists are ordered and searched by. */
export function regionWords(code: string, language: Language): string {
  const division = divisionOf(code);
  return division === undefined ? code : `${code} ${division[language]}`;
}
