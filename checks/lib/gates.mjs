// All gates, in the order of the table.
import { axe } from '../gates/axe.mjs';
import { heard } from '../gates/heard.mjs';
import { ibm } from '../gates/ibm.mjs';
import { keyboard } from '../gates/keyboard.mjs';
import { nu, validity } from '../gates/markup.mjs';
import { network } from '../gates/network.mjs';
import { pa11y } from '../gates/pa11y.mjs';
import { reflow } from '../gates/reflow.mjs';
import { states } from '../gates/states.mjs';
import { noScript, print } from '../gates/without.mjs';

export const GATES = [axe, states, ibm, pa11y, nu, validity, keyboard, reflow, heard, noScript, print, network];
