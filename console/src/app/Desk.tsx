import { ConfigProvider, theme } from 'antd';
import type { Locale } from 'antd/es/locale';
import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import type { Language } from '../language/language';
import { Loading } from '../parts/Loading';
import { useLanguage } from './language-context';

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
const darkness = window.matchMedia('(prefers-color-scheme: dark)');

function useDark(): boolean {
  const [isDark, setDark] = useState(darkness.matches);
  useEffect(() => {
    const follow = (): void => {
      setDark(darkness.matches);
    };
    darkness.addEventListener('change', follow);
    return () => {
      darkness.removeEventListener('change', follow);
    };
  }, []);
  return isDark;
}

/** Words of antd itself, loaded for the language that is shown. */
const locales: Readonly<Record<Language, () => Promise<{ default: Locale }>>> = {
  zh: () => import('antd/locale/zh_CN'),
  en: () => import('antd/locale/en_US'),
};

function useAntdLocale(language: Language): Locale | undefined {
  const [locale, setLocale] = useState<Locale>();
  useEffect(() => {
    let isCurrent = true;
    void locales[language]().then(({ default: loaded }) => {
      if (isCurrent) setLocale(loaded);
    });
    return () => {
      isCurrent = false;
    };
  }, [language]);
  return locale;
}

/** The same as in tokens.css. */
const FONTS =
  "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif";

/** Colours that keep a contrast of 4.5 to 1 on their grounds (WCAG 2.2, 1.4.3). */
const light = {
  colorPrimary: '#0958d9',
  colorPrimaryHover: '#003eb3',
  colorLink: '#0958d9',
  colorTextPlaceholder: '#6b6b6b',
  colorTextDescription: '#595959',
};
const dark = {
  colorPrimary: '#3c89e8',
  colorLink: '#69b1ff',
  colorTextPlaceholder: '#a6a6a6',
  colorTextDescription: '#a6a6a6',
};

/** Around pages on which one fills in, decides and signs: they alone load Ant Design, and its words before they are shown. */
export function Desk({ children }: { readonly children: ReactNode }): ReactElement {
  const { language } = useLanguage();
  const isDark = useDark();
  const locale = useAntdLocale(language);
  // Ant Design puts its words around the page: a page that stood before they came would be made anew, with nothing of what was typed or chosen.
  if (locale === undefined) return <Loading />;
  return (
    <ConfigProvider
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
      theme={{
        algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: { ...(isDark ? dark : light), fontSize: 14, fontFamily: FONTS, motion: false },
      }}
      locale={locale}
    >
      {children}
    </ConfigProvider>
  );
}
