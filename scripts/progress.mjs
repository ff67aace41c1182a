/**
 * Tells on standard error that a slow step has begun and, when it is over, how long it took.
 *
 * @template Value
 * @param {string} step - What is being done, such as "Installing packages".
 * @param {() => Promise<Value>} work
 * @returns {Promise<Value>}
 */
export async function withProgress(step, work) {
  const startedAt = Date.now();
  const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(1);
  const live = process.stderr.isTTY === true;
  process.stderr.write(live ? `  ${step} …` : `  ${step} …\n`);
  const ticker = live ? setInterval(() => process.stderr.write(`\r  ${step} … ${seconds()} s`), 200) : undefined;
  const finish = (/** @type {string} */ mark) => {
    clearInterval(ticker);
    process.stderr.write(`${live ? "\r" : ""}${mark} ${step} (${seconds()} s)${live ? "   " : ""}\n`);
  };
  try {
    const value = await work();
    finish("✓");
    return value;
  } catch (error) {
    finish("✗");
    throw error;
  }
}
