/** Run by `routingAsShipped.ts`: prints the tables of times and writes the missed bars as JSON to stderr. */
import { reportDecisionSpeed } from './routingDecisionSpeed';
import { reportSpeed } from './routingSpeed';

process.stderr.write(JSON.stringify([...reportSpeed(), ...reportDecisionSpeed()]));
