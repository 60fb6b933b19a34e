/**
 * The sample shop: what is in it, how it is damaged, and how one sees with the server's own means
 * that it is whole. The SQL is in resources beside this package.
 */
@NullMarked
package io.nsqlops.demo.shop;

import org.jspecify.annotations.NullMarked;
