/** What the people of the example company learn while time is played. */
export const LESSONS: readonly {
  readonly cause: string;
  readonly fix: string;
  readonly lesson: string;
  readonly says: string;
  readonly fits: string;
}[] = [
  {
    cause: 'A supplier changed a form, and its fields moved.',
    fix: 'The new form was added to the examples, and the field is found by its label.',
    lesson: 'Examples take a week to collect, so we need to know two weeks before a form changes.',
    says: 'Suppliers tell us two weeks before a form changes.',
    fits: 'ai',
  },
  {
    cause: 'The model was updated on Wednesday without our tests.',
    fix: 'The version is pinned; the update was tested and came a week later.',
    lesson: 'A better model can be worse at one task, and only our own cases show it.',
    says: 'No model version goes live without our own test cases.',
    fits: 'ai, quality',
  },
  {
    cause: 'The number counted test cases along with real ones.',
    fix: 'Test cases are marked where they are made, and left out of the count.',
    lesson: 'Whoever makes test data knows that it is some; nobody can tell later.',
    says: 'Test data is marked where it is made.',
    fits: 'every',
  },
];
