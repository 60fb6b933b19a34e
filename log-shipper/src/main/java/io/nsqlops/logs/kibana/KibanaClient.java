package io.nsqlops.logs.kibana;

import io.nsqlops.logs.error.ErrorKind;
import io.nsqlops.logs.error.LogsException;
import io.nsqlops.logs.tls.TrustedCertificates;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Puts saved objects into one space of a Kibana. */
public final class KibanaClient {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String BOUNDARY = "nsql-ops-saved-objects";

  private final URI endpoint;
  private final String authorization;
  private final HttpClient http;

  /**
   * Nothing is sent yet.
   *
   * @param kibana its address, with its base path if it has one
   * @param space name of the space, empty for the default one
   * @param authorization value of the header, empty for none
   * @param ca PEM file of the authorities to trust; null for those that Java trusts
   * @throws LogsException of kind USAGE if one of them cannot be used
   */
  public KibanaClient(URI kibana, String space, String authorization, @Nullable Path ca) {
    String scheme = String.valueOf(kibana.getScheme());
    if (!scheme.matches("https?") || kibana.getHost() == null) {
      throw unusable(
          kibana.toString(), kibana + " is no address of a Kibana", "It is as http://kibana:5601.");
    }
    if (!space.matches("[a-z0-9_-]*")) {
      throw unusable(
          space,
          space + " is no name of a space",
          "Give its identifier, as in its address: /s/<identifier>.");
    }
    if (!authorization.matches("[ -~]*")) {
      // Not repeated, and not left to the client, which repeats it.
      throw unusable("API key", "the API key has characters no key has", "Check its file.");
    }
    String base = kibana.toString().replaceAll("/+$", "");
    String prefix = space.isEmpty() ? "" : "/s/" + space;
    this.endpoint = URI.create(base + prefix + "/api/saved_objects/_import?overwrite=true");
    this.authorization = authorization;
    this.http = client(ca);
  }

  private static HttpClient client(@Nullable Path ca) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10));
    if (ca != null) {
      builder.sslContext(TrustedCertificates.context(ca));
    }
    return builder.build();
  }

  private static LogsException unusable(String object, String message, String hint) {
    return new LogsException(ErrorKind.USAGE, object, message, hint);
  }

  /**
   * Installs the objects, or replaces them.
   *
   * @return how many there are
   * @throws LogsException of kind USAGE if Kibana refuses, TRANSIENT if it cannot be reached
   */
  public int install(List<String> objects) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .timeout(PATIENCE)
            .header("kbn-xsrf", "nsql-ops")
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofString(form(objects), StandardCharsets.UTF_8));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    HttpResponse<String> response;
    try {
      response = http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new LogsException(
          ErrorKind.TRANSIENT,
          endpoint.toString(),
          "Kibana cannot be reached: " + e,
          e instanceof SSLException
              ? "If its certificate is of an authority of your own, name that with --ca."
              : "Check the address and that Kibana runs.",
          e);
    }
    return judged(response);
  }

  private static String form(List<String> objects) {
    return "--"
        + BOUNDARY
        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"nsql-ops.ndjson\"\r\n"
        + "Content-Type: application/ndjson\r\n\r\n"
        + String.join("\n", objects)
        + "\r\n--"
        + BOUNDARY
        + "--\r\n";
  }

  private int judged(HttpResponse<String> response) {
    JsonNode answer = json(response.body());
    if (response.statusCode() != 200 || !answer.path("success").asBoolean(false)) {
      boolean later = response.statusCode() >= 500 || response.statusCode() == 429;
      throw new LogsException(
          later ? ErrorKind.TRANSIENT : ErrorKind.USAGE,
          endpoint.toString(),
          "Kibana answers " + response.statusCode() + ": " + reasons(answer, response.body()),
          response.statusCode() == 401
              ? "Give an API key, or a user and a password, that Kibana knows."
              : "The user needs the right to manage saved objects in the space; Kibana must be 8.8"
                  + " or later.");
    }
    return answer.path("successCount").asInt(0);
  }

  private static JsonNode json(String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      return JsonMapper.shared().createObjectNode();
    }
  }

  private static String reasons(JsonNode answer, String body) {
    List<String> reasons = new ArrayList<>();
    for (JsonNode error : answer.path("errors")) {
      reasons.add(
          error.path("type").asString("")
              + " "
              + error.path("id").asString("")
              + ": "
              + error.path("error").path("type").asString(""));
    }
    if (reasons.isEmpty()) {
      return body.length() > 300 ? body.substring(0, 300) + "…" : body;
    }
    return String.join(", ", reasons);
  }
}
