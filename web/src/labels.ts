// The words of every choice, as proto/ has them; a file of its own, so that nothing else of the generated one is loaded with them.
export { labels } from './generated/messages.ts';
