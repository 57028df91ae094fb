import { expect, test } from 'vitest';
import { linkTo, routeOf } from '../../web/src/routes.ts';

test('an address that says nothing is the overview', () => {
  expect(routeOf('')).toMatchObject({ place: 'overview', jobId: undefined });
  expect(routeOf('#/nowhere')).toMatchObject({ place: 'overview' });
});

test('a link to a frame of a job leads to that frame', () => {
  const route = routeOf(linkTo.player('clip:1/ü', 12));

  expect(route).toMatchObject({ place: 'player', jobId: 'clip:1/ü' });
  expect(route.params.get('frame')).toBe('12');
});

test('a statement in an address comes out as it was', () => {
  const statement = "select '100 %' as share, 'a&b?' as text";

  expect(routeOf(linkTo.sql(statement)).params.get('q')).toBe(statement);
});

test('job and player have a place of their own without a job', () => {
  expect(routeOf(linkTo.job())).toMatchObject({ place: 'job', jobId: undefined });
  expect(routeOf(linkTo.player())).toMatchObject({ place: 'player', jobId: undefined });
});
