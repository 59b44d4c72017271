import {
  lazy,
  Suspense,
  useEffect,
  useRef,
  type ComponentType,
  type LazyExoticComponent,
  type ReactElement,
} from 'react';
import { Redirect, Route, Switch, useLocation, useSearch } from 'wouter';
import { HomePage } from '../pages/HomePage';
import { Boundary } from '../parts/Boundary';
import { Loading } from '../parts/Loading';
import { useText } from './language-context';
import { listAt, places } from './places';

type LazyPage = LazyExoticComponent<ComponentType>;

function page<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name): LazyPage {
  return lazy(async () => ({ default: (await load())[name] }));
}

/** A page on which one fills in, decides and signs. */
function desk<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name): LazyPage {
  return lazy(async () => {
    const [{ Desk }, loaded] = await Promise.all([import('./Desk'), load()]);
    const Inner: ComponentType = loaded[name];
    const OnDesk = (): ReactElement => (
      <Desk>
        <Inner />
      </Desk>
    );
    return { default: OnDesk };
  });
}

const pages: readonly (readonly [path: string, page: LazyPage])[] = [
  ['/records', page(() => import('../pages/RecordsPage'), 'RecordsPage')],
  ['/records/:id', page(() => import('../pages/RecordPage'), 'RecordPage')],
  ['/trace', page(() => import('../pages/TracePage'), 'TracePage')],
  ['/parties', page(() => import('../pages/PartiesPage'), 'PartiesPage')],
  ['/emitters', page(() => import('../pages/EmittersPage'), 'EmittersPage')],
  ['/labs', page(() => import('../pages/InstitutionsPage'), 'LabsPage')],
  ['/verifiers', page(() => import('../pages/InstitutionsPage'), 'VerifiersPage')],
  ['/factors', page(() => import('../pages/FactorsPage'), 'FactorsPage')],
  ['/emitters/:uscc', page(() => import('../pages/PartyPage'), 'PartyPage')],
  ['/parties/:uscc', page(() => import('../pages/PartyPage'), 'PartyPage')],
  ['/log', page(() => import('../pages/LogPage'), 'LogPage')],
  ['/sign-in', page(() => import('../pages/SignInPage'), 'SignInPage')],
  ['/inbox', page(() => import('../pages/InboxPage'), 'InboxPage')],
  ['/file', page(() => import('../pages/FileTypesPage'), 'FileTypesPage')],
  ['/file/:type', desk(() => import('../pages/FilePage'), 'FilePage')],
  ['/batch/:kind', desk(() => import('../pages/BatchPage'), 'BatchPage')],
  ['/year', page(() => import('../pages/YearPage'), 'YearPage')],
  ['/reviews', desk(() => import('../pages/ReviewsPage'), 'ReviewsPage')],
  ['/engagements', page(() => import('../pages/EngagementsPage'), 'EngagementsPage')],
  ['/inspection', page(() => import('../pages/InspectionPage'), 'InspectionPage')],
  ['/region', page(() => import('../pages/RegionPage'), 'RegionPage')],
  ['/reconcile', page(() => import('../pages/ReconcilePage'), 'ReconcilePage')],
  ['/sampling', page(() => import('../pages/SamplingPage'), 'SamplingPage')],
  ['/allocation', desk(() => import('../pages/AllocationPage'), 'AllocationPage')],
  ['/open-items', page(() => import('../pages/OpenItemsPage'), 'OpenItemsPage')],
  ['/forms', page(() => import('../pages/FormsPage'), 'FormsPage')],
  ['/plant-year', page(() => import('../pages/PlantYearPage'), 'PlantYearPage')],
  ['/knowledge', page(() => import('../pages/KnowledgePage'), 'KnowledgePage')],
];

/** After a change of page the focus is where reading begins, as it would be after a load. */
function useFocusOnMain(): void {
  const [place] = useLocation();
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else document.getElementById('main')?.focus();
    window.scrollTo(0, 0);
  }, [place]);
}

export function Pages(): ReactElement {
  useFocusOnMain();
  const [place] = useLocation();
  const search = useSearch();
  return (
    <Boundary place={place}>
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/" component={HomePage} />
          {pages.map(([path, component]) => (
            <Route key={path} path={path} component={component} />
          ))}
          {Object.entries(places).map(([path, type]) => (
            <Route key={path} path={path}>
              <Redirect to={listAt(type, search)} replace />
            </Route>
          ))}
          <Route component={NothingHere} />
        </Switch>
      </Suspense>
    </Boundary>
  );
}

function NothingHere(): ReactElement {
  const t = useText();
  return (
    <>
      <h1>{t('没有这个页面', 'There is no such page')}</h1>
      <p>
        <a href="/">{t('回到首页', 'Back to the home page')}</a>
      </p>
    </>
  );
}
