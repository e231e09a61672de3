// swift-tools-version: 6.3
import Foundation
import PackageDescription

// The course needs a Swift toolchain and nothing else. Chapters are added in one line each, below.

// MARK: The optimised core inside a debug build

// `swift run` makes a debug build. The targets whose loops do the training are optimised all the
// same, as one module each, for the processor of this machine (README.md, "For engineers").
let environment = ProcessInfo.processInfo.environment
let processor = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
let architecture = environment["SELFTAUGHT_MARCH"] ?? "native"

/// Processors with 512-bit vectors that do not have them in their name.
let wideArchitectures: Set = [
  "x86-64-v4", "cannonlake", "icelake-client", "icelake-server", "rocketlake", "tigerlake",
  "cascadelake", "cooperlake", "sapphirerapids", "emeraldrapids", "graniterapids",
  "graniterapids-d", "znver4", "znver5",
]
/// 512-bit vectors where the processor has them; the kernels are written for either width.
let hasWideVectors =
  architecture == "native"
  ? processor.contains("avx512f")
  : architecture.contains("avx512") || wideArchitectures.contains(architecture)

var optimised: [SwiftSetting] = [
  .unsafeFlags(["-O", "-wmo", "-disable-batch-mode", "-num-threads", "2"])
]
#if arch(x86_64)
  optimised.append(.unsafeFlags(["-Xcc", "-march=\(architecture)"]))
  if hasWideVectors { optimised.append(.define("WideVectors")) }
#endif

// MARK: Chapters

// SwiftPM keeps the answer of this file and does not ask again when folders come or go: nothing here may
// depend on which folders there are. Solutions are built where they are asked for; the course is whole
// without them.
let hasSolutions = environment["SELFTAUGHT_SOLUTIONS"] != nil

let chapters: [[Target]] = [
  chapter(1, "01-learning-paradigms"),
  chapter(2, "02-pretext-and-downstream"),
  chapter(3, "03-patch-localization"),
  chapter(4, "04-inpainting", hasExercises: false),
  chapter(6, "06-autoregressive-language-models"),
  chapter(8, "08-simclr-and-micle"),
]

/// One chapter: its program, its exercises with the program that checks them, and its solutions.
///
/// A mistake in one chapter's exercises leaves the other chapters' programs alone.
func chapter(_ number: Int, _ folder: String, hasExercises: Bool = true) -> [Target] {
  let name = "Chapter\(number)"
  let exercises: [Target.Dependency] = ["Exercises", .byName(name: "\(name)Exercises")]
  var targets: [Target] = [
    .executableTarget(
      name: "chapter\(number)",
      dependencies: ["TensorCore", "CourseData", "Notebook"] + (hasExercises ? exercises : []),
      path: "chapters/\(folder)", exclude: ["README.md", "figures"],
      swiftSettings: [.defaultIsolation(MainActor.self)])
  ]
  guard hasExercises else { return targets }
  targets += [
    answers("exercises", of: name),
    .executableTarget(
      name: "check\(number)",
      dependencies: ["ExerciseFunctions", .byName(name: "\(name)Exercises")],
      path: "Tests/ExerciseTests/Hosts/\(name)"),
  ]
  if hasSolutions { targets.append(answers("solutions", of: name)) }
  return targets
}

/// A chapter's exercises or solutions, which see the same.
func answers(_ kind: String, of chapter: String) -> Target {
  .target(
    name: chapter + kind.capitalized, dependencies: ["TensorCore", "CourseData", "Exercises"],
    path: "\(kind)/\(chapter)")
}

// MARK: Checking exercises

// The checkers see no exercise, and a chapter's program with the exercises, `check1`, sees no checker:
// the two talk in types that both know.
var checking: [Target] = [
  .target(name: "Exercises"),
  .target(
    name: "ExerciseFunctions", dependencies: ["TensorCore", "CourseData", "Exercises"],
    path: "Tests/ExerciseTests/Functions"),
  .target(
    name: "Checkers", dependencies: ["TensorCore", "CourseData", "Exercises", "ExerciseFunctions"],
    path: "Tests/ExerciseTests/Checkers"),
  .target(name: "ExerciseRunner", dependencies: ["Checkers", "ExerciseFunctions"]),
  .executableTarget(name: "course", dependencies: ["Checkers", "ExerciseRunner"]),
  .testTarget(name: "CourseTests", dependencies: ["course", "Checkers", "ExerciseRunner"]),
  .executableTarget(
    name: "checkRogues", dependencies: ["ExerciseFunctions", "Exercises"],
    path: "Tests/ExerciseTests/Rogues/Host"),
  .executableTarget(
    name: "judgeRogues", dependencies: ["Checkers", "ExerciseRunner"],
    path: "Tests/ExerciseTests/Rogues/Judge"),
  .testTarget(
    name: "ExerciseTests",
    dependencies: [
      "Checkers", "ExerciseFunctions", "ExerciseRunner", "Exercises", "TensorCore", "course",
    ],
    path: "Tests/ExerciseTests/Verdicts"),
]
checking.append(
  .testTarget(
    name: "ChapterTests",
    dependencies: ["TensorCore", "CourseData"]
      + chapters.map { .byName(name: $0[0].name) },
    swiftSettings: [.defaultIsolation(MainActor.self)]))
if hasSolutions {
  let solutions = chapters.flatMap(\.self).map(\.name).filter { $0.hasSuffix("Solutions") }
  let folder = "Tests/ExerciseTests/Solutions"
  checking += [
    .target(
      name: "SolutionFunctions",
      dependencies: ["ExerciseFunctions"] + solutions.map { .target(name: $0) },
      path: folder + "/Functions"),
    .executableTarget(
      name: "checkSolutions", dependencies: ["ExerciseFunctions", "SolutionFunctions"],
      path: folder + "/Host"),
    .testTarget(
      name: "SolutionTests",
      dependencies: [
        "Checkers", "ExerciseFunctions", "ExerciseRunner", "Exercises", "SolutionFunctions",
        "TensorCore", "checkSolutions", "course",
      ] + solutions.map { .target(name: $0) },
      path: folder, exclude: ["Functions", "Host"]),
  ]
}

// MARK: What the chapters share

let shared: [Target] = [
  // Read only with the trait OpenBLAS: a machine without the library builds all the rest.
  .systemLibrary(
    name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
  .target(
    name: "TensorCore",
    dependencies: [.target(name: "COpenBLAS", condition: .when(traits: ["OpenBLAS"]))],
    exclude: ["README.md"], swiftSettings: optimised, linkerSettings: [.linkedLibrary("m")]),
  .target(
    name: "CourseData", dependencies: ["TensorCore"], exclude: ["README.md"],
    swiftSettings: optimised),
  .target(name: "Notebook", exclude: ["README.md", "Figures/README.md"]),
  .executableTarget(
    name: "benchmark", dependencies: ["TensorCore", "CourseData", "Notebook"],
    swiftSettings: [.defaultIsolation(MainActor.self)]),
  .testTarget(
    name: "TensorCoreTests", dependencies: ["TensorCore"], exclude: ["Fixtures"]),
  .testTarget(
    name: "CourseDataTests", dependencies: ["CourseData", "TensorCore"], exclude: ["Fixtures"]),
  .testTarget(name: "NotebookTests", dependencies: ["Notebook"]),
]

/// Whoever works on the core need not build what stands on it.
let isCoreAlone = environment["SELFTAUGHT_CORE"] != nil

let package = Package(
  name: "SelfTaught",
  platforms: [.macOS(.v26)],
  traits: [
    .trait(name: "OpenBLAS", description: "Large matrix products by the OpenBLAS library.")
  ],
  targets: shared + (isCoreAlone ? [] : checking + chapters.flatMap(\.self)),
  swiftLanguageModes: [.v6]
)
