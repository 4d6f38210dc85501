"""The part of YAML that layouts, code lists and packs are written in: mappings and lists by
indentation, one-line {…} and […], quoted and plain scalars, |- blocks. Every scalar is a text."""
import re


def _flow(text, at, inside):
    while text[at:at + 1] == ' ':
        at += 1
    first = text[at:at + 1]
    if first == '{':
        found, at = {}, at + 1
        while True:
            while text[at] in ' ,':
                at += 1
            if text[at] == '}':
                return found, at + 1
            key, at = _flow(text, at, True)
            while text[at] in ' :':
                at += 1
            found[key], at = _flow(text, at, True)
    if first == '[':
        found, at = [], at + 1
        while True:
            while text[at] in ' ,':
                at += 1
            if text[at] == ']':
                return found, at + 1
            item, at = _flow(text, at, True)
            found.append(item)
    if first in ('"', "'") and first:
        end = at + 1
        found = ''
        while text[end] != first or (first == "'" and text[end:end + 2] == "''"):
            if first == '"' and text[end] == '\\':
                end += 1
                found += {'n': '\n', 't': '\t'}.get(text[end], text[end])
            else:
                end += text[end] == "'"
                found += text[end]
            end += 1
        return found, end + 1
    ends = r',(?=\s|$)|,|\]|\}|:\s' if inside else r'$'
    match = re.compile(ends).search(text, at)
    end = match.start() if match else len(text)
    return text[at:end].strip(), end


def _without_comment(line):
    quote = ''
    for at, char in enumerate(line):
        if quote:
            if char == quote and line[at - 1] != '\\':
                quote = ''
        elif char in '"\'' and (at == 0 or line[at - 1] in ' [{,:'):
            quote = char
        elif char == '#' and (at == 0 or line[at - 1] == ' '):
            return line[:at].rstrip()
    return line.rstrip()


KEY = re.compile(r'''("[^"]*"|'[^']*'|[^\s"'{\[#:][^:]*?):(?:\s+(.*))?$''')


class _Reader:
    def __init__(self, text):
        self.raw = text.split('\n')
        self.at = 0

    def peek(self):
        while self.at < len(self.raw) and not _without_comment(self.raw[self.at]).strip():
            self.at += 1
        if self.at == len(self.raw):
            return -1, ''
        line = _without_comment(self.raw[self.at])
        return len(line) - len(line.lstrip()), line.strip()

    def value(self, rest, indent):
        if rest in ('|-', '|'):
            lines = []
            while self.at < len(self.raw):
                line = self.raw[self.at]
                if line.strip() and len(line) - len(line.lstrip()) <= indent:
                    break
                lines.append(line)
                self.at += 1
            return '\n'.join(line.strip() for line in lines).strip()
        if rest:
            return _flow(rest, 0, rest[0] in '{["\'')[0]
        deeper, line = self.peek()
        if deeper > indent or (deeper == indent and line.startswith('- ')):
            return self.block(deeper)
        return ''

    def block(self, indent):
        _, line = self.peek()
        return self.items(indent) if line.startswith('- ') else self.members(indent)

    def items(self, indent):
        found = []
        while True:
            here, line = self.peek()
            if here != indent or not line.startswith('- '):
                return found
            rest = line[2:].lstrip()
            if KEY.match(rest) and rest[0] not in '{["\'':
                # the mapping's first key stands behind the dash
                self.raw[self.at] = ' ' * (indent + 2) + rest
                found.append(self.members(indent + 2))
            else:
                self.at += 1
                found.append(self.value(rest, indent))

    def members(self, indent):
        found = {}
        while True:
            here, line = self.peek()
            match = KEY.match(line) if here == indent else None
            if not match:
                return found
            self.at += 1
            found[match.group(1).strip('"\'')] = self.value(match.group(2) or '', indent)


def load(path):
    with open(path, encoding='utf-8') as file:
        reader = _Reader(file.read())
    return reader.block(0)
