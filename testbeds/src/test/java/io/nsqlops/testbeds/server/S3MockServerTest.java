package io.nsqlops.testbeds.server;

import io.nsqlops.testbeds.junit.Bed;
import io.nsqlops.testbeds.junit.NeedsBed;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@NeedsBed(Bed.S3MOCK)
class S3MockServerTest extends S3ServerContract<S3MockServer> {

  @Override
  S3MockServer start(Path home, String... buckets) {
    return S3MockServer.start(home, buckets);
  }
}
