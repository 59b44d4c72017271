import { remembered } from '../keys/remembered';
import { currentLanguage, languageTag } from '../language/language';

/* Runs before anything of the page is shown: of the views that the page brings along, this chooses the one that stands until the console does. */

const { documentElement: page } = document;
page.lang = languageTag(currentLanguage());
page.dataset['early'] = location.pathname === '/' ? 'home' : 'page';
if (remembered() !== null) page.dataset['side'] = 'true';
