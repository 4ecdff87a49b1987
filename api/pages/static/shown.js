// A certificate's public page: all of it works without this script, but the list of a phone's
// programs, copying and printing.

import { offerKeeping } from "./share.js";

offerKeeping();
