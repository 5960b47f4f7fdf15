// All islands in one script, for pages on a disk.
import "./twins";
import "../site";
