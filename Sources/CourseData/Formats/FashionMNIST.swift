import Foundation

/// Fashion-MNIST: 70,000 grey pictures of clothes, 28 × 28, in ten classes.
///
/// Xiao, Rasul and Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking machine learning
/// algorithms", 2017 (MIT licence). Debian's package `dataset-fashion-mnist` installs it.
///
/// ```swift
/// let training = try FashionMNIST.load(.training)   // 60,000
/// let test = try FashionMNIST.load(.test)           // 10,000
/// ```
public enum FashionMNIST {
  /// The two parts that the data set's authors made.
  public enum Part: String, Sendable, CaseIterable {
    /// The 60,000 pictures to learn from.
    case training = "train"
    /// The 10,000 pictures to judge by.
    case test = "t10k"
  }

  /// Where Debian's package puts the files.
  public static let folder = "/usr/share/datasets/fashion-mnist"

  /// The classes in the order of their labels.
  public static let classNames = [
    "T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag",
    "ankle boot",
  ]

  /// Whether all four files are in their folder.
  public static var isInstalled: Bool {
    Part.allCases.allSatisfy { part in
      ["images-idx3", "labels-idx1"].allSatisfy { kind in
        FileManager.default.fileExists(atPath: file(part, kind, in: folder))
      }
    }
  }

  /// Reads one part, `[count, 28, 28, 1]`.
  ///
  /// - Parameters:
  ///   - part: which.
  ///   - folder: where the files are, plain or packed with gzip.
  ///   - first: how many pictures to take from the start; nil takes all.
  /// - Returns: the pictures with their labels.
  /// - Throws: `DataError`; where a file is missing it names the command that installs it.
  public static func load(
    _ part: Part, from folder: String = FashionMNIST.folder, first: Int? = nil
  ) throws(DataError) -> Pictures {
    let images = file(part, "images-idx3", in: folder)
    let labels = file(part, "labels-idx1", in: folder)
    let remedy = "install it with: apt-get install dataset-fashion-mnist"
    return try Pictures(
      images: IDX(path: images, ifMissing: remedy), labels: IDX(path: labels, ifMissing: remedy),
      classNames: classNames, names: (images, labels), first: first)
  }

  /// The packed file, or the plain one where only that is there.
  private static func file(_ part: Part, _ kind: String, in folder: String) -> String {
    let plain = "\(folder)/\(part.rawValue)-\(kind)-ubyte"
    let hasPlainOnly =
      FileManager.default.fileExists(atPath: plain)
      && !FileManager.default.fileExists(atPath: plain + ".gz")
    return hasPlainOnly ? plain : plain + ".gz"
  }
}
