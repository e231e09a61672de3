/// The words of a text file, line by line, as `wordLines(of:)` finds them.
///
/// - Parameters:
///   - path: a file in UTF-8, packed with gzip or not.
///   - limit: how many bytes to read at most; of a longer text the rest is left out.
/// - Returns: the lines, and whether the text is longer than the limit.
/// - Throws: `DataError` where the file is missing, empty, or no text.
public func wordLines(
  ofFile path: String, limit: Int = 64 << 20
) throws(DataError) -> (lines: [[String]], isCut: Bool) {
  let bytes = try FileBytes.read(path, remedy: "check the name")
  func damaged(_ reason: String, _ remedy: String) -> DataError {
    DataError(.damaged, file: path, reason: reason, remedy: remedy)
  }
  if bytes.isEmpty { throw damaged("the file is empty", "name a text of some thousand words") }
  if bytes.contains(0) {
    throw damaged("it holds zero bytes, as no text does", "name a text file")
  }
  let isCut = bytes.count > limit
  // A character that the limit cuts in two is left out.
  let candidates = (0..<(isCut ? 4 : 1)).lazy.compactMap {
    String(validating: bytes.prefix(limit).dropLast($0), as: UTF8.self)
  }
  guard let text = candidates.first else {
    throw damaged("it is not valid UTF-8", "convert it: iconv -f ISO-8859-1 -t UTF-8 FILE > NEW")
  }
  return (wordLines(of: text), isCut)
}
