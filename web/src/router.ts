import { type Route, routeOf } from './routes.ts';
import { makeStore, useStore } from './store.ts';

export { linkTo, type Place } from './routes.ts';

const current = makeStore(routeOf(location.hash));
addEventListener('hashchange', () => current.set(routeOf(location.hash)));

export const useRoute = (): Route => useStore(current);

export const goTo = (link: string): void => {
  location.hash = link;
};
