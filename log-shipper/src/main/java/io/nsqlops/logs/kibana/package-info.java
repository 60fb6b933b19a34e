/**
 * Data views, saved searches and dashboards for what the shipper delivers, and how they get into
 * Kibana. They import into the version they were written for (8.8) and later ones.
 */
@NullMarked
package io.nsqlops.logs.kibana;

import org.jspecify.annotations.NullMarked;
