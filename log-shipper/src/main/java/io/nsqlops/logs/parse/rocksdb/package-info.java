/**
 * The information log of RocksDB as TiKV writes it. Its dumps of settings carry no header: such
 * lines belong to the event before them.
 */
@NullMarked
package io.nsqlops.logs.parse.rocksdb;

import org.jspecify.annotations.NullMarked;
