// Reads files over TFTP, many at once, each transfer from a socket and an address of its own, and compares every byte.
// tftp-load PORT FOLDER COUNT AT-ONCE BLKSIZE WINDOWSIZE LIST-OF-NAMES: one line of JSON.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

typedef struct {
  char name[128];
  unsigned char *bytes;
  long size;
} File;

typedef struct {
  int socket, block_size, window, in_window, tries, asked_again, heard;
  struct sockaddr_in server;
  File *file;
  long next, at;
  double sent, began;
  unsigned char last[600];
  int last_length;
} Transfer;

static File *files;
static int file_count, port, block_size, window_size, poller;
static long wanted, started, finished, failed, retries, wrong;
static double bytes_read, *times;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void transmit(Transfer *t) {
  sendto(t->socket, t->last, t->last_length, 0, (struct sockaddr *)&t->server, sizeof t->server);
  t->sent = now();
}

static void acknowledge(Transfer *t, long block) {
  t->last[0] = 0;
  t->last[1] = 4;
  t->last[2] = block >> 8;
  t->last[3] = block;
  t->last_length = 4;
  t->in_window = 0;
  transmit(t);
}

static char *add(char *at, const char *text) { return stpcpy(at, text) + 1; }

static void begin(Transfer *t) {
  memset(t, 0, sizeof *t);
  t->file = &files[started % file_count];
  t->socket = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  int room = 1 << 20;
  setsockopt(t->socket, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  // A server may bound what one address gets: each transfer comes from another one, as devices do.
  struct sockaddr_in own = {.sin_family = AF_INET};
  own.sin_addr.s_addr = htonl(0x7f010000 + 1 + started % 60000);
  if (bind(t->socket, (struct sockaddr *)&own, sizeof own)) perror("bind"), exit(1);
  t->server = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, "127.0.0.1", &t->server.sin_addr);
  t->block_size = 512;
  t->window = 1;
  t->next = 1;
  char number[16], *at = (char *)t->last;
  *at++ = 0;
  *at++ = 1;
  at = add(add(at, t->file->name), "octet");
  if (block_size != 512) sprintf(number, "%d", block_size), at = add(add(at, "blksize"), number);
  if (window_size > 1) sprintf(number, "%d", window_size), at = add(add(at, "windowsize"), number);
  t->last_length = at - (char *)t->last;
  t->began = now();
  started++;
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = t};
  epoll_ctl(poller, EPOLL_CTL_ADD, t->socket, &event);
  transmit(t);
}

static void end(Transfer *t, int well) {
  if (well) times[finished++] = now() - t->began;
  else failed++;
  close(t->socket);
  t->socket = -1;
  if (started < wanted) begin(t);
}

static void take_options(Transfer *t, char *at, char *stop) {
  while (at < stop) {
    char *name = at, *value = name + strlen(name) + 1;
    at = value + strlen(value) + 1;
    if (!strcasecmp(name, "blksize")) t->block_size = atoi(value);
    if (!strcasecmp(name, "windowsize")) t->window = atoi(value);
  }
  acknowledge(t, 0);
}

/** True when the transfer is over. */
static int take_data(Transfer *t, unsigned char *packet, int length) {
  int block = packet[2] << 8 | packet[3], size = length - 4;
  if (block != (t->next & 0xffff)) {
    // What is missing is asked again once, not once for each block behind it.
    if (!t->asked_again && ((block - t->next) & 0xffff) < t->window) retries++, t->asked_again = 1, acknowledge(t, t->next - 1);
    return 0;
  }
  if (t->at + size > t->file->size || memcmp(packet + 4, t->file->bytes + t->at, size)) wrong++;
  t->at += size;
  t->next++;
  t->tries = t->asked_again = 0;
  if (size < t->block_size) {
    if (t->at != t->file->size) wrong++;
    acknowledge(t, t->next - 1);
    bytes_read += t->at;
    end(t, 1);
    return 1;
  }
  if (++t->in_window >= t->window) acknowledge(t, t->next - 1);
  return 0;
}

static void receive(Transfer *t) {
  static unsigned char packet[70000];
  for (;;) {
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    int size = recvfrom(t->socket, packet, sizeof packet - 1, 0, (struct sockaddr *)&from, &length);
    if (size < 4) return;
    if (!t->heard) t->heard = 1, t->server = from;
    else if (from.sin_port != t->server.sin_port) continue;
    packet[size] = 0;
    if (packet[1] == 6) take_options(t, (char *)packet + 2, (char *)packet + size);
    else if (packet[1] == 5) return end(t, 0);
    else if (packet[1] == 3 && take_data(t, packet, size)) return;
  }
}

static void retry_late(Transfer *transfers, int count) {
  double time = now();
  for (Transfer *t = transfers; t < transfers + count; t++) {
    if (t->socket <= 0 || time - t->sent < 1) continue;
    if (++t->tries > 5) end(t, 0);
    else retries++, transmit(t);
  }
}

static int by_time(const void *a, const void *b) { return *(double *)a < *(double *)b ? -1 : 1; }

static void load(const char *folder, const char *list) {
  files = calloc(20000, sizeof *files);
  FILE *names = fopen(list, "r");
  if (!names) perror(list), exit(1);
  while (file_count < 20000 && fscanf(names, "%127s", files[file_count].name) == 1) {
    File *file = &files[file_count++];
    char path[1000];
    snprintf(path, sizeof path, "%s/%s", folder, file->name);
    FILE *open = fopen(path, "r");
    struct stat found;
    if (!open || fstat(fileno(open), &found)) perror(path), exit(1);
    file->size = found.st_size;
    file->bytes = malloc(file->size + 1);
    if (fread(file->bytes, 1, file->size, open) != (size_t)file->size) perror(path), exit(1);
    fclose(open);
  }
}

int main(int count, char **words) {
  if (count != 8) return fprintf(stderr, "PORT FOLDER COUNT AT-ONCE BLKSIZE WINDOWSIZE LIST\n"), 1;
  port = atoi(words[1]);
  wanted = atol(words[3]);
  int at_once = atoi(words[4]);
  block_size = atoi(words[5]);
  window_size = atoi(words[6]);
  load(words[2], words[7]);
  times = calloc(wanted, sizeof *times);
  poller = epoll_create1(0);
  Transfer *transfers = calloc(at_once, sizeof *transfers);
  double began = now(), looked = began;
  for (int i = 0; i < at_once && started < wanted; i++) begin(&transfers[i]);
  while (finished + failed < wanted) {
    struct epoll_event events[256];
    int heard = epoll_wait(poller, events, 256, 50);
    for (int i = 0; i < heard; i++) receive(events[i].data.ptr);
    if (now() - looked > 0.05) retry_late(transfers, at_once), looked = now();
  }
  double seconds = now() - began;
  qsort(times, finished, sizeof *times, by_time);
  printf("{\"seconds\":%.4f,\"finished\":%ld,\"failed\":%ld,\"retries\":%ld,\"wrong\":%ld,\"bytes\":%.0f,\"p99\":%.4f}\n", seconds,
         finished, failed, retries, wrong, bytes_read, finished ? times[(long)(finished * 0.99)] : 0);
  return 0;
}
