/**
 * An object store in an S3 bucket, at AWS or at anything that speaks its protocol. The only place
 * that knows the AWS SDK's S3 client.
 */
@NullMarked
package io.nsqlops.backup.store.s3;

import org.jspecify.annotations.NullMarked;
