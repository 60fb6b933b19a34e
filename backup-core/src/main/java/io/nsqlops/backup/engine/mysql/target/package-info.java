/** Makes tables in a target and loads them: what fits, what was made, which chunks have landed. */
@NullMarked
package io.nsqlops.backup.engine.mysql.target;

import org.jspecify.annotations.NullMarked;
