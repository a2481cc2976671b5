const STEP_MILLISECONDS = 100;

/**
 * Asks until the answer is truthy, and answers it. An element that went away while it was asked, and a
 * server that is not there yet, count as "not yet".
 */
export async function until(what, ask, seconds = 20) {
  const end = Date.now() + seconds * 1000;
  let last;
  do {
    try {
      last = await ask();
      if (last) return last;
    } catch (thrown) {
      if (!notYet(thrown)) throw thrown;
      last = thrown.message;
    }
    await new Promise((resolve) => setTimeout(resolve, STEP_MILLISECONDS));
  } while (Date.now() < end);
  throw new Error(`Waited ${seconds} s until ${what}; last answer: ${JSON.stringify(last)}`);
}

function notYet(thrown) {
  return thrown instanceof TypeError || ['stale element reference', 'no such element'].includes(thrown.code);
}
