/* The one way a launcher or starter ends with 3: its reason goes to the screen and to the log. */

#include <windows.h>
#include <stdlib.h>
#include <wchar.h>

#define LONGEST 32768
#define FAULT 3
#define LOG_LIMIT 65536
#define MISSING L"Chương trình Một Cửa thiếu tệp. Hãy chạy lại bộ cài Một Cửa; dữ liệu của cơ quan vẫn còn."

static void write_utf8(HANDLE target, const wchar_t *text) {
    char bytes[2048];
    DWORD written;
    int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
    if (size > 1) WriteFile(target, bytes, (DWORD)size - 1, &written, NULL);
}

/* khoi-dong.log beside the log of the program; started again when it is full. A folder that cannot be written is no
   reason to stop. */
static void write_log(const wchar_t *line) {
    static wchar_t file[LONGEST];
    WIN32_FILE_ATTRIBUTE_DATA found = {0};
    DWORD length = GetEnvironmentVariableW(L"LOCALAPPDATA", file, LONGEST - 64);
    if (!length || length >= LONGEST - 64) return;
    wcscat(file, L"\\MotCua-nhat-ky");
    CreateDirectoryW(file, NULL);
    wcscat(file, L"\\khoi-dong.log");
    BOOL full = GetFileAttributesExW(file, GetFileExInfoStandard, &found) && found.nFileSizeLow > LOG_LIMIT;
    HANDLE log = CreateFileW(file, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                             full ? CREATE_ALWAYS : OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (log == INVALID_HANDLE_VALUE) return;
    write_utf8(log, line);
    CloseHandle(log);
}

static int fail(const wchar_t *sentence) {
    wchar_t line[1024];
    DWORD error = GetLastError();
    SYSTEMTIME at;
    GetSystemTime(&at);
    _snwprintf(line, 1023, L"%04d-%02d-%02dT%02d:%02d:%02dZ %lu error %lu: %ls\n", at.wYear, at.wMonth, at.wDay, at.wHour,
               at.wMinute, at.wSecond, GetCurrentProcessId(), error, sentence);
    line[1023] = 0;
    write_log(line);
#ifdef CONSOLE
    DWORD written;
    HANDLE output = GetStdHandle(STD_ERROR_HANDLE);
    _snwprintf(line, 1023, L"%ls\n", sentence);
    if (!WriteConsoleW(output, line, (DWORD)wcslen(line), &written, NULL)) write_utf8(output, line);
#else
    MessageBoxW(NULL, sentence, L"Một Cửa", MB_OK | MB_ICONERROR);
#endif
    return FAULT;
}
