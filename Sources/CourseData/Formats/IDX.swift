/// An array of bytes with a shape, in the format in which the MNIST family of data sets comes.
///
/// ```text
/// 0 0 type rank | size of each dimension, 4 bytes, highest first | the numbers, row after row
/// ```
///
/// Only the type 8, unsigned bytes, is read: it is what pictures and labels use.
public struct IDX: Sendable, Equatable {
  /// The size of each dimension: `[count, height, width]` for pictures, `[count]` for labels.
  public let shape: [Int]
  /// The numbers, row after row.
  public let bytes: [UInt8]

  /// Makes an array from its parts.
  init(shape: [Int], bytes: [UInt8]) {
    self.shape = shape
    self.bytes = bytes
  }

  /// Reads a file, plain or packed with gzip.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - remedy: what the error recommends where the file is missing.
  /// - Throws: `DataError` where it is missing, cannot be read, or is damaged.
  public init(
    path: String, ifMissing remedy: String = "check the name and the folder"
  ) throws(DataError) {
    try self.init(parsing: FileBytes.read(path, remedy: remedy), name: path)
  }

  /// Reads what a file holds.
  ///
  /// The sizes that it claims are compared with the bytes that are there before anything is copied.
  ///
  /// - Parameters:
  ///   - file: all its bytes, unpacked.
  ///   - name: what to call it in an error.
  /// - Throws: `DataError` where the bytes are not an array of bytes, or too few or too many.
  public init(parsing file: [UInt8], name: String) throws(DataError) {
    func damaged(_ reason: String) -> DataError {
      DataError(.damaged, file: name, reason: reason, remedy: FileBytes.fetchAgain)
    }
    if file.count < 4 {
      throw damaged("it has \(file.count) bytes, too few for the four that an IDX file starts with")
    }
    if file[0] != 0 || file[1] != 0 {
      throw damaged("it starts with \(file[0]) \(file[1]), an IDX file with 0 0")
    }
    if file[2] != 8 {
      throw damaged("its numbers are of type \(file[2]), and only 8 is read, unsigned bytes")
    }
    let rank = Int(file[3])
    if rank < 1 || rank > 4 { throw damaged("it claims \(rank) dimensions, and 1…4 make sense") }
    let header = 4 + 4 * rank
    if file.count < header { throw damaged("it ends within its \(rank) dimensions") }
    var shape: [Int] = []
    var count = 1
    for dimension in 0..<rank {
      let start = 4 + 4 * dimension
      let size = file[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      shape.append(size)
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      if overflow { throw damaged("its dimensions \(shape) hold more numbers than can be counted") }
      count = product
    }
    let present = file.count - header
    if present < count {
      throw damaged("its shape \(shape) needs \(count) bytes, and \(present) are there")
    }
    if present > count {
      throw damaged("\(present - count) bytes follow the \(count) that its shape \(shape) needs")
    }
    self.init(shape: shape, bytes: Array(file[header...]))
  }
}

extension Pictures {
  /// Makes grey pictures and their labels from two arrays.
  ///
  /// - Parameters:
  ///   - images: `[count, height, width]`, 0 black and 255 white.
  ///   - labels: `[count]`, each an index into the class names.
  ///   - classNames: what the classes are called.
  ///   - names: what to call the two files in an error.
  ///   - first: how many pictures to take from the start; all where it is nil or more than there are.
  /// - Throws: `DataError` where the arrays do not fit each other or the classes.
  public init(
    images: IDX, labels: IDX, classNames: [String], names: (images: String, labels: String),
    first: Int? = nil
  ) throws(DataError) {
    func damaged(_ file: String, _ reason: String) -> DataError {
      DataError(.damaged, file: file, reason: reason, remedy: FileBytes.fetchAgain)
    }
    let shape = images.shape
    if shape.count != 3 || shape[1] == 0 || shape[2] == 0 {
      throw damaged(names.images, "its shape \(shape) is not [count, height, width]")
    }
    if labels.shape.count != 1 {
      throw damaged(names.labels, "its shape \(labels.shape) is not [count]")
    }
    if labels.shape[0] != shape[0] {
      throw damaged(
        names.labels, "it has \(labels.shape[0]) labels for \(shape[0]) pictures in \(names.images)"
      )
    }
    if let wrong = labels.bytes.firstIndex(where: { $0 >= classNames.count }) {
      throw damaged(
        names.labels,
        "label \(labels.bytes[wrong]) of picture \(wrong), but \(classNames.count) classes")
    }
    let count = min(max(first ?? shape[0], 0), shape[0])
    self.init(
      height: shape[1], width: shape[2], channels: 1,
      pixels: images.bytes.prefix(count * shape[1] * shape[2]).map { Float($0) / 255 },
      labels: labels.bytes.prefix(count).map(Int.init), classNames: classNames)
  }
}
