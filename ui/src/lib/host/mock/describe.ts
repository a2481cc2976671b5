// Describing and assessing in a plain browser: the answers come back as a study without a simulation.

import type { AdviceView, AnswerView, Answers, AssessedView, DescribedView, QuestionView, Refusal, TaskUpdate } from '..';

const QUESTIONS: QuestionView[] = [
  { id: 'policies', text: 'Are policies embedded in the pipeline, or manual checklists?', answers: ['Manual checklists', 'Mixed', 'In the pipeline'] },
  { id: 'rollback', text: 'Do rollbacks need several people by hand?', answers: ['Yes', 'One person', 'No, it is automatic'] },
  { id: 'data', text: 'Is data collected from every release, and used?', answers: ['No', 'Collected', 'Collected and used'] },
];

export const ADVICE: AdviceView[] = [
  {
    id: 'alike/change-approval',
    finding: 'Every change needs the same approval: Change board looks at all of them.',
    reason: 'Low-risk changes wait as long as those the approval is for, and take its time from them.',
    wayOut: null,
    fix: 'Approve medium and high risk only',
  },
  {
    id: 'measured',
    finding: 'No path is measured from end to end: how long every stage takes is assumed.',
    reason: 'What is assumed can turn a choice around; which number would, Flip says.',
    wayOut: 'Write beside a number where it was measured.',
    fix: null,
  },
];

const contradiction: Refusal = {
  code: 'contradiction',
  message: '85 of 100 changes cannot be done sooner than half of them.',
  faults: [
    {
      line: null,
      path: 'badDays',
      message: '85 of 100 changes cannot be done sooner than half of them.',
      hint: 'The bad time is the longer one: of 100 changes, 15 take longer still.',
    },
  ],
};

function described(answers: Answers): DescribedView {
  const weeks = ((answers.usualDays ?? 28) * (answers.pace ?? 1)) / 7;
  const text = (value: number): string => value.toPrecision(2).replace(/\.0$/, '');
  const said = answers.usualDays === null ? null : `${text(weeks)} weeks`;
  return {
    text: 'format = 1',
    times: said ? `You said about ${said}; this runs ${text(weeks * 0.93)} to ${text(weeks * 1.1)} weeks.` : 'You did not know how long a change usually takes; this runs 3 to 6 weeks.',
    waiting: `Most of the waiting: ${answers.waitsAt ?? 'the next release'} (1.9 of ${text(weeks)} weeks).`,
    elsewhere: ['board', 'development', 'testing', 'infrastructure', 'handoffs'],
    warnings: [],
    unmatched: [],
    figures: [
      { label: 'Usual time', said, taken: said ? null : '4 weeks', runs: `${text(weeks)} weeks`, matched: true },
      { label: 'Delivered', said: `${answers.changesPerMonth ?? 0} a month`, taken: null, runs: `${answers.changesPerMonth ?? 0} a month`, matched: true },
    ],
    set: [{ answer: `${answers.people ?? 12} people`, path: 'teams.development.people', label: 'development: People', value: '8' }],
  };
}

function assessed(answers: AnswerView[]): AssessedView {
  const worst = answers.filter((answer) => answer.answer === 0).map((answer) => answer.question);
  return {
    text: 'format = 1',
    proposals: QUESTIONS.filter((question) => worst.includes(question.id)).map((question) => ({
      name: `What answers ${question.id}`,
      because: `${question.text} ${question.answers[0]}`,
    })),
    set: [],
  };
}

export const describing = {
  describe: async (answers: Answers, tell: (update: TaskUpdate<DescribedView>) => void): Promise<number> => {
    const wrong = (answers.badDays ?? Infinity) <= (answers.usualDays ?? 0);
    setTimeout(() => tell({ kind: 'progress', done: 3, total: 10 }), 10);
    setTimeout(() => tell(wrong ? { kind: 'failed', refusal: contradiction } : { kind: 'done', result: described(answers) }), 40);
    return 1;
  },
  questions: async (): Promise<QuestionView[]> => QUESTIONS,
  assess: async (answers: AnswerView[]): Promise<AssessedView> => assessed(answers),
  advice: async (): Promise<AdviceView[]> => ADVICE,
};
