package io.nsqlops.logs.sink.elasticsearch;

import co.elastic.clients.transport.rest5_client.low_level.Cancellable;
import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import co.elastic.clients.transport.rest5_client.low_level.ResponseListener;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import co.elastic.clients.transport.rest5_client.low_level.Rest5ClientBuilder;
import io.nsqlops.logs.config.AuthorizationHeader;
import io.nsqlops.logs.config.ElasticsearchConfig;
import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.tls.TrustedCertificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A connection to the nodes of one cluster, by the low-level client. */
final class Connection implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Rest5Client client;

  private Connection(Rest5Client client) {
    this.client = client;
  }

  /**
   * Prepares a connection; nothing is sent yet.
   *
   * @throws io.nsqlops.logs.error.LogsException if a secret or the CA file cannot be read
   */
  static Connection open(ElasticsearchConfig config) {
    Rest5ClientBuilder builder = Rest5Client.builder(config.urls());
    builder.setDefaultHeaders(headers(config).toArray(Header[]::new));
    builder.setRequestConfigCallback(
        request ->
            request
                .setResponseTimeout(Timeout.of(config.requestTimeout()))
                .setConnectionRequestTimeout(Timeout.of(config.requestTimeout())));
    builder.setConnectionConfigCallback(
        connection ->
            connection
                .setConnectTimeout(Timeout.ofSeconds(5))
                .setSocketTimeout(Timeout.of(config.requestTimeout())));
    if (config.urls().size() > 1) {
      builder.setFailureListener(new UnreachableNodes());
    }
    if (config.ca() != null) {
      builder.setSSLContext(TrustedCertificates.context(config.ca()));
    }
    return new Connection(builder.build());
  }

  private static List<Header> headers(ElasticsearchConfig config) {
    List<Header> headers = new ArrayList<>();
    if (config.apiKey() != null) {
      headers.add(authorization(AuthorizationHeader.apiKey(config.apiKey().resolve())));
    } else if (config.username() != null && config.password() != null) {
      String password = config.password().resolve();
      headers.add(authorization(AuthorizationHeader.basic(config.username(), password)));
    }
    return headers;
  }

  private static Header authorization(String value) {
    return new BasicHeader("Authorization", value);
  }

  Rest5Client client() {
    return client;
  }

  /** An error as Elasticsearch tells it. */
  record ErrorTold(String type, String reason) {}

  /** An answer, whatever its status. */
  static final class Reply {
    private final int status;
    private final byte[] body;

    Reply(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    int status() {
      return status;
    }

    byte[] body() {
      return body;
    }

    /** The beginning of the body, for messages. */
    String excerpt() {
      String text = new String(body, StandardCharsets.UTF_8);
      return text.length() > 500 ? text.substring(0, 500) + "…" : text;
    }

    /** The body; an empty object if it is no JSON. */
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (JacksonException e) {
        return JSON.createObjectNode();
      }
    }

    /** What it tells of an error; without a type if it is none, or none of Elasticsearch. */
    ErrorTold error() {
      JsonNode error = json().path("error");
      return new ErrorTold(
          error.path("type").asString(""), error.path("reason").asString(excerpt()));
    }

    /** Whether Elasticsearch itself says so, not something in between. */
    boolean isElasticsearchError() {
      return new String(body, StandardCharsets.UTF_8).stripLeading().startsWith("{\"error\"");
    }
  }

  /**
   * Sends a request and waits for the answer; the client tries other nodes if one is unreachable.
   *
   * @throws IOException if no node answered
   * @throws InterruptedException if the thread was interrupted: the request is cancelled
   */
  Reply send(Request request) throws IOException, InterruptedException {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    Cancellable running =
        client.performRequestAsync(
            request,
            new ResponseListener() {
              @Override
              public void onSuccess(Response response) {
                complete(answer, response);
              }

              @Override
              public void onFailure(Exception e) {
                if (e instanceof ResponseException refused) {
                  complete(answer, refused.getResponse());
                } else {
                  answer.completeExceptionally(e);
                }
              }
            });
    try {
      return answer.get();
    } catch (InterruptedException e) {
      running.cancel();
      throw e;
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e.getCause());
    }
  }

  /**
   * As {@link #send}, for somebody who waits for the answer.
   *
   * @throws LogsException of kind TRANSIENT if no node answered
   */
  Reply ask(Request request, ElasticsearchConfig config) throws InterruptedException {
    try {
      return send(request);
    } catch (IOException e) {
      throw unreachable(config, e);
    }
  }

  static LogsException unreachable(ElasticsearchConfig config, IOException e) {
    return new LogsException(
        ErrorKind.TRANSIENT,
        config.urls().toString(),
        "Elasticsearch cannot be reached: " + e.getMessage(),
        "Check logs.elasticsearch.urls, the network, and that the server is up.",
        e);
  }

  private static void complete(CompletableFuture<Reply> answer, Response response) {
    try {
      answer.complete(new Reply(response.getStatusCode(), body(response.getEntity())));
    } catch (IOException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private static byte[] body(@Nullable HttpEntity entity) throws IOException {
    return entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
