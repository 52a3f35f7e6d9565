<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Captions</name>
    <message numerus="yes">
        <source>about %n&#xa0;minute(s)</source>
        <translation>
            <numerusform>about %n&#xa0;minute</numerusform>
            <numerusform>about %n&#xa0;minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n&#xa0;hour(s)</source>
        <translation>
            <numerusform>about %n&#xa0;hour</numerusform>
            <numerusform>about %n&#xa0;hours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentPage</name>
    <message numerus="yes">
        <source>%n paragraph(s) so far. You can read, search and edit them now.</source>
        <translation>
            <numerusform>%n paragraph so far. You can read, search and edit it now.</numerusform>
            <numerusform>%n paragraphs so far. You can read, search and edit them now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportWords</name>
    <message numerus="yes">
        <source>Export %n transcript(s)</source>
        <translation>
            <numerusform>Export %n transcript</numerusform>
            <numerusform>Export %n transcripts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are already there.</source>
        <translation>
            <numerusform>%n file is already there.</numerusform>
            <numerusform>%n files are already there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were exported.</source>
        <translation>
            <numerusform>%n file was exported.</numerusform>
            <numerusform>%n files were exported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GroupList</name>
    <message numerus="yes">
        <source>{0}, %n hit(s)</source>
        <translation>
            <numerusform>{0}, %n hit</numerusform>
            <numerusform>{0}, %n hits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IntakeController</name>
    <message numerus="yes">
        <source>%n recording(s) were transcribed before.</source>
        <translation>
            <numerusform>%n recording was transcribed before.</numerusform>
            <numerusform>%n recordings were transcribed before.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n dropped item(s) hold no recording.</source>
        <translation>
            <numerusform>%n dropped item holds no recording.</numerusform>
            <numerusform>%n dropped items hold no recording.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobSentences</name>
    <message numerus="yes">
        <source>The %n paragraph(s) below are saved.</source>
        <translation>
            <numerusform>The %n paragraph below is saved and will not be decoded again.</numerusform>
            <numerusform>The %n paragraphs below are saved and will not be decoded again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryController</name>
    <message numerus="yes">
        <source>%n transcript(s) were deleted.</source>
        <translation>
            <numerusform>%n transcript was deleted.</numerusform>
            <numerusform>%n transcripts were deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n transcript(s) for good?</source>
        <translation>
            <numerusform>Delete %n transcript for good?</numerusform>
            <numerusform>Delete %n transcripts for good?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message numerus="yes">
        <source>Multilingual  ·  %n language(s)</source>
        <translation>
            <numerusform>Multilingual  ·  %n language</numerusform>
            <numerusform>Multilingual  ·  %n languages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrivacySection</name>
    <message numerus="yes">
        <source>The program has made %n connection(s). All are listed.</source>
        <translation>
            <numerusform>The program has made %n connection. It is listed.</numerusform>
            <numerusform>The program has made %n connections. All are listed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowItems</name>
    <message numerus="yes">
        <source>{name}, %n row(s)</source>
        <translation>
            <numerusform>{name}, %n row</numerusform>
            <numerusform>{name}, %n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchModel</name>
    <message numerus="yes">
        <source>Titles, %n transcript(s)</source>
        <translation>
            <numerusform>Titles, %n transcript</numerusform>
            <numerusform>Titles, %n transcripts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{title}, %n place(s)</source>
        <translation>
            <numerusform>{title}, %n place</numerusform>
            <numerusform>{title}, %n places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchSheet</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n transcript(s)</source>
        <translation>
            <numerusform>%n transcript</numerusform>
            <numerusform>%n transcripts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) so far</source>
        <translation>
            <numerusform>%n place so far</numerusform>
            <numerusform>%n places so far</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message numerus="yes">
        <source>%n setting(s) match “{0}”.</source>
        <translation>
            <numerusform>%n setting matches “{0}”.</numerusform>
            <numerusform>%n settings match “{0}”.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SpeechModelsPage</name>
    <message numerus="yes">
        <source>%n model(s) use {used}.</source>
        <translation>
            <numerusform>%n model uses {used}.</numerusform>
            <numerusform>%n models use {used}.</numerusform>
        </translation>
    </message>
</context>
</TS>
