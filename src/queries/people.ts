export { type Person, peopleCalled, peopleWithRole } from '../../db/people.ts';
