package io.nsqlops.testbeds.server;

import io.nsqlops.testbeds.process.ProcessServer;
import io.nsqlops.testbeds.process.ServerProcess;
import java.net.URI;

/** A server that speaks the S3 protocol, with path-style addresses. */
public abstract class S3Server extends ProcessServer {

  protected S3Server(int port, ServerProcess process) {
    super(port, process);
  }

  /** Its endpoint. */
  public URI uri() {
    return URI.create("http://" + host() + ":" + port());
  }

  public final String region() {
    return "us-east-1";
  }

  public final String accessKey() {
    return "testbeds";
  }

  public final String secretKey() {
    return "testbeds-secret";
  }
}
