// The entry of every page.
import { startAll } from "./start";

startAll(document);
