import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, type ReactElement } from 'react';
import { currentLanguage, languageTag, rememberLanguage, type Language } from '../language/language';
import { session } from '../keys/session';
import { Loading } from '../parts/Loading';
import { LanguageContext } from './language-context';
import { Pages } from './Pages';
import { queries } from './queries';
import { Shell } from './Shell';

/** Locks after idle time. True once a person of a trial who was chosen before is signed in again. */
function useSessionKept(): boolean {
  const [isReady, setReady] = useState(() => !session.mayResume());
  useEffect(() => {
    const touch = (): void => {
      session.touch();
    };
    for (const name of ['pointerdown', 'keydown'] as const) window.addEventListener(name, touch, { passive: true });
    void session.resume().finally(() => {
      setReady(true);
    });
    return () => {
      for (const name of ['pointerdown', 'keydown'] as const) window.removeEventListener(name, touch);
    };
  }, []);
  return isReady;
}

export function App(): ReactElement {
  const [language, setLanguage] = useState(currentLanguage);
  const isReady = useSessionKept();
  useEffect(() => {
    document.documentElement.lang = languageTag(language);
  }, [language]);
  const choose = (chosen: Language): void => {
    rememberLanguage(chosen);
    setLanguage(chosen);
  };
  return (
    <LanguageContext value={{ language, choose }}>
      <QueryClientProvider client={queries}>
        <Shell>{isReady ? <Pages /> : <Loading />}</Shell>
      </QueryClientProvider>
    </LanguageContext>
  );
}
