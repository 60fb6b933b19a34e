package io.nsqlops.backup.store.s3;

import io.nsqlops.backup.store.ObjectInfo;
import io.nsqlops.backup.store.ObjectKeys;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects page by page, the next one requested when the last is used up. */
final class S3Listing implements Iterator<ObjectInfo> {
  /** Requests the page behind a token; the first has none. */
  interface Pages {
    ListObjectsV2Response page(@Nullable String token);
  }

  private final Pages pages;
  private final int prefixLength;
  private Iterator<S3Object> page = Collections.emptyIterator();
  private @Nullable String token;
  private boolean last;
  private @Nullable ObjectInfo next;

  S3Listing(Pages pages, int prefixLength) {
    this.pages = pages;
    this.prefixLength = prefixLength;
  }

  @Override
  public boolean hasNext() {
    while (next == null && (page.hasNext() || !last)) {
      if (page.hasNext()) {
        next = info(page.next());
      } else {
        ListObjectsV2Response response = pages.page(token);
        page = response.contents().iterator();
        token = response.nextContinuationToken();
        last = !Boolean.TRUE.equals(response.isTruncated());
      }
    }
    return next != null;
  }

  @Override
  public ObjectInfo next() {
    ObjectInfo found = hasNext() ? next : null;
    if (found == null) {
      throw new NoSuchElementException();
    }
    next = null;
    return found;
  }

  /** Null for what no repository wrote: consoles leave "folder" objects behind. */
  private @Nullable ObjectInfo info(S3Object object) {
    String key = object.key().substring(prefixLength);
    return ObjectKeys.isKey(key) ? new ObjectInfo(key, object.size(), object.lastModified()) : null;
  }
}
