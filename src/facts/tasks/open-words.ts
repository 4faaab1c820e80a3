/** A word that a task fills in when it runs. */
export const isTemplate = (word: string): boolean => /<Values\.[\w?]+>|\{\{/.test(word);
/** A `$` that ends a pattern is followed by no letter. */
export const isVariable = (word: string): boolean => /\$\{?[A-Za-z]/.test(word);
export const isOpen = (word: string): boolean => isTemplate(word) || isVariable(word);
